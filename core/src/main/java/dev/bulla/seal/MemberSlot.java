package dev.bulla.seal;

import java.security.SecureRandom;
import java.util.Arrays;

/** The data key sealed to a member's public key: it opens with the member key alone. */
final class MemberSlot implements Slot {
    static final int TYPE = 2;

    private final int keyNo;
    private final byte[] fingerprint;
    private final HpkeBox.Box box;

    private MemberSlot(int keyNo, byte[] fingerprint, HpkeBox.Box box) {
        this.keyNo = keyNo;
        this.fingerprint = fingerprint;
        this.box = box;
    }

    static MemberSlot seal(
            DataKey key, SealContext context, MemberPublicKey recipient, int keyNo, SecureRandom random) {
        byte[] ephemeral = new byte[HpkeBox.ENCAPSULATED];
        random.nextBytes(ephemeral);
        HpkeBox.Box box = HpkeBox.seal(recipient, ephemeral, info(context, keyNo), key.reveal());
        return new MemberSlot(keyNo, recipient.fingerprintBytes(), box);
    }

    static MemberSlot read(Cursor in) {
        return new MemberSlot(
                in.count(),
                in.take(MemberPublicKey.FINGERPRINT_LENGTH),
                new HpkeBox.Box(in.take(HpkeBox.ENCAPSULATED), in.take(DataKey.LENGTH + Lock.TAG)));
    }

    int keyNo() {
        return keyNo;
    }

    boolean isFor(MemberPublicKey key) {
        return Arrays.equals(fingerprint, key.fingerprintBytes());
    }

    DataKey open(MemberPair pair, SealContext context) {
        return DataKey.of(HpkeBox.open(pair, box, info(context, keyNo)));
    }

    @Override
    public long order() {
        return keyNo;
    }

    @Override
    public void writeTo(Fields out) {
        out.u8(TYPE).u32(keyNo).raw(fingerprint).raw(box.encapsulated()).raw(box.ciphertext());
    }

    private static byte[] info(SealContext context, int keyNo) {
        Fields info = new Fields().sized(Labels.MEMBER_SLOT).u16(InnerRecord.SUITE);
        context.writeTo(info);
        return info.u32(keyNo).toBytes();
    }
}
