package dev.bulla.pages;

/** Where the owner's pages are, below the base path. */
final class OwnerPaths {
    static final String PANEL = "/owner";
    static final String CREATE = "/owner/new";
    static final String CONNECTION = "/owner/connection";
    static final String SAVE = "/owner/connection/save";
    static final String OPTIONS = "/owner/connection/options";
    static final String SWITCH = "/owner/connection/switch";
    static final String RETIRE = "/owner/connection/retire";
    static final String RECONNECT = "/owner/connection/reconnect";
    static final String DELETE = "/owner/connection/delete";
    static final String ACCOUNTS = "/owner/accounts";
    static final String MEMBERS = "/owner/members";
    static final String MEMBER = "/owner/member";
    static final String REMOVE = "/owner/member/remove";
    static final String POLICIES = "/owner/policies";
    static final String POLICY = "/owner/policy";
    static final String POLICY_SWITCH = "/owner/policy/switch";
    static final String POLICY_DELETE = "/owner/policy/delete";
    static final String POLICY_VERSIONS = "/owner/policy/versions";
    static final String POLICY_BACK = "/owner/policy/back";
    static final String TOOLS = "/owner/tools";
    static final String TOOLS_OFFER = "/owner/tools/offer";
    static final String TOOLS_ADD = "/owner/tools/add";
    static final String TOOLS_REMOVE = "/owner/tools/remove";
    static final String TOOLS_IMPORT = "/owner/tools/import";
    static final String THINGS = "/owner/things";
    static final String THINGS_LOOK = "/owner/things/look";
    static final String THINGS_FORGET = "/owner/things/forget";
    static final String WEBHOOK = "/owner/webhook";
    static final String AUDIT = "/owner/audit";

    private OwnerPaths() {}
}
