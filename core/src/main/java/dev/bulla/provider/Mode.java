package dev.bulla.provider;

/** How the accounts of a connection are authorised. */
public enum Mode {
    /** OAuth through an app registration of the owner. */
    OWN_APP,
    /** OAuth through an app registration of the host; invisible to the owner, and only for providers of the catalogue. */
    MANAGED_APP,
    /** Each member fills in a form, such as an API key. */
    FORM,
    /** The host provides one credential for everybody; there are no accounts. */
    HOST_CREDENTIAL
}
