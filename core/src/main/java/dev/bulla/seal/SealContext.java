package dev.bulla.seal;

/**
 * What a record belongs to. All of it is authenticated with the record: a record that is brought to another tenant,
 * member, connection, account, purpose or number does not open. Texts may be empty where a part does not apply; they
 * are compared as exact Unicode, without folding.
 *
 * @param tenant the tenant
 * @param member the member; empty for what belongs to the tenant
 * @param connection the id of the connection, never its name
 * @param account the id of the account or other row
 * @param purpose what the payload is, such as {@code tokens} or {@code client-secret}
 * @param sealNo the number of the content, 0 or more
 */
public record SealContext(
        String tenant, String member, String connection, String account, String purpose, long sealNo) {

    /**
     * @throws IllegalArgumentException where a text is longer than 4,096 bytes or no well-formed Unicode, or the number
     * is negative
     */
    public SealContext {
        if (sealNo < 0) {
            throw new IllegalArgumentException("the seal number is negative");
        }
        new Fields().text(tenant).text(member).text(connection).text(account).text(purpose);
    }

    /** The one encoding: texts as UTF-8 behind their length (two bytes), the number as eight bytes. */
    void writeTo(Fields fields) {
        fields.text(tenant)
                .text(member)
                .text(connection)
                .text(account)
                .text(purpose)
                .u64(sealNo);
    }
}
