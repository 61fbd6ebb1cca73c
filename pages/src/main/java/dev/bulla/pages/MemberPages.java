package dev.bulla.pages;

import dev.bulla.web.Limits;

/** What a member does: connects services, sees where they stand, keeps a key. */
final class MemberPages {
    private MemberPages() {}

    static void addTo(Router router) {
        router.get(MemberPaths.PANEL, Router.For.MEMBER, MemberPanel::show);
        router.get(MemberPaths.CONNECT, Router.For.MEMBER, ConnectPages::ask);
        router.post(MemberPaths.CONNECT, Router.For.MEMBER, Limits.Action.CONNECT, ConnectPages::connect);
        router.get(MemberPaths.RESULT, Router.For.MEMBER, ResultPage::show);
        router.get(MemberPaths.FORM, Router.For.MEMBER, MemberFormPage::show);
        router.post(MemberPaths.FORM, Router.For.MEMBER, Limits.Action.FORM, MemberFormPage::save);
        router.get(MemberPaths.CHOOSE, Router.For.MEMBER, ChoicePage::show);
        router.post(MemberPaths.CHOOSE, Router.For.MEMBER, ChoicePage::go);
        router.get(MemberPaths.CHOOSE_AGAIN, Router.For.MEMBER, WithKeyPages::askChoice);
        router.post(MemberPaths.CHOOSE_AGAIN, Router.For.MEMBER, WithKeyPages::choose);
        router.get(MemberPaths.REFRESH, Router.For.MEMBER, WithKeyPages::askRefresh);
        router.post(MemberPaths.REFRESH, Router.For.MEMBER, Limits.Action.CONNECT, WithKeyPages::refresh);
        router.get(MemberPaths.IDENTITY, Router.For.MEMBER, IdentityPage::ask);
        router.post(MemberPaths.IDENTITY, Router.For.MEMBER, IdentityPage::answer);
        router.get(MemberPaths.DISCONNECT, Router.For.MEMBER, DisconnectPage::ask);
        router.post(MemberPaths.DISCONNECT, Router.For.MEMBER, DisconnectPage::disconnect);
        router.get(MemberPaths.KEY, Router.For.MEMBER, KeyPages::show);
        router.post(MemberPaths.KEY_ISSUE, Router.For.MEMBER, KeyPages::issue);
        router.post(MemberPaths.KEY_CONFIRM, Router.For.MEMBER, KeyPages::confirm);
        router.post(MemberPaths.KEY_ROTATE, Router.For.MEMBER, KeyPages::rotate);
        router.post(MemberPaths.KEY_REVOKE, Router.For.MEMBER, KeyPages::revoke);
        router.get(MemberPaths.KEY_LOST, Router.For.MEMBER, KeyPages::askLost);
        router.post(MemberPaths.KEY_LOST, Router.For.MEMBER, KeyPages::lost);
        router.get(MemberPaths.GRANTS, Router.For.MEMBER, GrantPages::show);
        router.post(MemberPaths.GRANTS, Router.For.MEMBER, GrantPages::make);
        router.post(MemberPaths.GRANT_END, Router.For.MEMBER, GrantPages::end);
        router.get(MemberPaths.TOOLS, Router.For.MEMBER, ToolPages::mine);
        router.get(MemberPaths.ACTIVITY, Router.For.MEMBER, AuditPages::member);
    }
}
