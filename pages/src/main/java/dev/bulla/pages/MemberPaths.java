package dev.bulla.pages;

/** Where the member's pages are, below the base path. */
final class MemberPaths {
    static final String PANEL = "/";
    static final String CONNECT = "/connect";
    static final String RESULT = "/result";
    static final String FORM = "/form";
    static final String CHOOSE = "/choose";
    static final String CHOOSE_AGAIN = "/choose/again";
    static final String IDENTITY = "/identity";
    static final String DISCONNECT = "/disconnect";
    static final String REFRESH = "/refresh";
    static final String KEY = "/key";
    static final String KEY_ISSUE = "/key/issue";
    static final String KEY_CONFIRM = "/key/confirm";
    static final String KEY_ROTATE = "/key/rotate";
    static final String KEY_REVOKE = "/key/revoke";
    static final String KEY_LOST = "/key/lost";
    static final String GRANTS = "/grants";
    static final String GRANT_END = "/grants/end";
    static final String TOOLS = "/tools";
    static final String ACTIVITY = "/activity";

    private MemberPaths() {}
}
