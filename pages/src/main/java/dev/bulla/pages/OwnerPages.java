package dev.bulla.pages;

/** What an owner does: create connections and configure them, see who is connected. Nothing here can read a token or a secret. */
final class OwnerPages {
    private OwnerPages() {}

    static void addTo(Router router) {
        router.get(OwnerPaths.PANEL, Router.For.OWNER, OwnerPanel::show);
        router.get(OwnerPaths.CREATE, Router.For.OWNER, CreatePage::show);
        router.post(OwnerPaths.CREATE, Router.For.OWNER, CreatePage::create);
        router.get(OwnerPaths.CONNECTION, Router.For.OWNER, ConnectionPage::show);
        router.post(OwnerPaths.SAVE, Router.For.OWNER, ConnectionPage::save);
        router.post(OwnerPaths.OPTIONS, Router.For.OWNER, ConnectionPage::options);
        router.post(OwnerPaths.SWITCH, Router.For.OWNER, ConnectionPage::enable);
        router.get(OwnerPaths.RETIRE, Router.For.OWNER, ConsentPages::askRetire);
        router.post(OwnerPaths.RETIRE, Router.For.OWNER, ConsentPages::retire);
        router.get(OwnerPaths.RECONNECT, Router.For.OWNER, ConsentPages::askReconnect);
        router.post(OwnerPaths.RECONNECT, Router.For.OWNER, ConsentPages::reconnect);
        router.get(OwnerPaths.DELETE, Router.For.OWNER, DeletePages::ask);
        router.post(OwnerPaths.DELETE, Router.For.OWNER, DeletePages::delete);
        router.get(OwnerPaths.ACCOUNTS, Router.For.OWNER, ConnectionAccounts::show);
        router.get(OwnerPaths.MEMBERS, Router.For.OWNER, MembersPages::list);
        router.get(OwnerPaths.MEMBER, Router.For.OWNER, MembersPages::show);
        router.get(OwnerPaths.REMOVE, Router.For.OWNER, MembersPages::ask);
        router.post(OwnerPaths.REMOVE, Router.For.OWNER, MembersPages::remove);
        router.get(OwnerPaths.POLICIES, Router.For.OWNER, PolicyPages::list);
        router.get(OwnerPaths.POLICY, Router.For.OWNER, PolicyEdit::show);
        router.post(OwnerPaths.POLICY, Router.For.OWNER, PolicyEdit::save);
        router.post(OwnerPaths.POLICY_SWITCH, Router.For.OWNER, PolicyPages::enable);
        router.post(OwnerPaths.POLICY_DELETE, Router.For.OWNER, PolicyPages::delete);
        router.get(OwnerPaths.POLICY_VERSIONS, Router.For.OWNER, PolicyVersions::list);
        router.post(OwnerPaths.POLICY_BACK, Router.For.OWNER, PolicyVersions::rollBack);
        router.get(OwnerPaths.TOOLS, Router.For.OWNER, ToolPages::show);
        router.post(OwnerPaths.TOOLS_OFFER, Router.For.OWNER, ToolPages::offer);
        router.post(OwnerPaths.TOOLS_ADD, Router.For.OWNER, ToolPages::add);
        router.post(OwnerPaths.TOOLS_REMOVE, Router.For.OWNER, ToolPages::remove);
        router.post(OwnerPaths.TOOLS_IMPORT, Router.For.OWNER, ToolPages::takeOver);
        router.get(OwnerPaths.THINGS, Router.For.OWNER, EntityPages::show);
        router.post(OwnerPaths.THINGS_LOOK, Router.For.OWNER, EntityPages::look);
        router.post(OwnerPaths.THINGS_FORGET, Router.For.OWNER, EntityPages::forget);
        router.get(OwnerPaths.WEBHOOK, Router.For.OWNER, WebhookPages::show);
        router.post(OwnerPaths.WEBHOOK, Router.For.OWNER, WebhookPages::act);
        router.get(OwnerPaths.AUDIT, Router.For.OWNER, AuditPages::owner);
    }
}
