package dev.bulla.model;

import java.util.Locale;

/** Codes that a return address may carry. */
public enum ConnectError {
    /** The callback lacks code or state, or carries one of them twice. */
    MISSING_PARAMS,
    /** The member or the service said no. */
    AUTHORIZATION_DENIED,
    /** The flow is over, used, unknown, or belongs to another browser or member: start again. */
    SESSION_EXPIRED,
    /** The service did not give tokens for the code. */
    TOKEN_EXCHANGE_FAILED,
    /** Tenant, member or connection are gone, or never were. */
    USERAGENT_NOT_FOUND,
    /** The connection is switched off or its app registration is refused. */
    INVALID_CONFIG,
    /** The values of a form are refused. */
    FORM_REFUSED,
    /** Another identity came back: the member must say yes first. */
    IDENTITY_DIFFERS,
    /** There is nothing that the account could stand for. Return addresses carry the provider's own word for it, such as {@code no_pages}. */
    NOTHING_TO_CHOOSE,
    /** What was chosen is not there to choose. */
    SELECTION_UNKNOWN,
    /** Nothing was chosen where something must be. */
    SELECTION_MISSING,
    /** More was chosen than the service takes; the former choice stays. */
    SELECTION_TOO_MANY,
    INTERNAL_ERROR;

    /** The code as it stands in the return address. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
