package dev.bulla.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.Bulla;
import dev.bulla.Session;
import dev.bulla.key.MemberKey;
import dev.bulla.model.SealedTo;
import org.jspecify.annotations.Nullable;

/** What a member, or the host, does while a fault strikes. */
enum StruckVerb {
    CONNECT("Connected", "ACTIVE") {
        @Override
        void prepare(Struck struck) {}

        @Override
        String act(Struck struck, Bulla node) {
            return struck.connect(node);
        }
    },
    RECONNECT("Connected", "ACTIVE") {
        @Override
        String act(Struck struck, Bulla node) {
            return struck.connect(node);
        }
    },
    REFRESH("200", "ACTIVE") {
        @Override
        void prepare(Struck struck) {
            struck.connected();
            struck.stage.after(Stage.ENDED);
        }

        @Override
        String act(Struck struck, Bulla node) {
            return struck.call(node);
        }
    },
    REFRESH_AFTER_401("200", "ACTIVE") {
        @Override
        void prepare(Struck struck) {
            struck.connected();
            struck.stage.world.server.service().endAccess("anna");
        }

        @Override
        String act(Struck struck, Bulla node) {
            return struck.call(node);
        }
    },
    SWEEP("1 of 1", "ACTIVE") {
        @Override
        void prepare(Struck struck) {
            struck.connected();
            struck.stage.after(Stage.DUE);
        }

        @Override
        String act(Struck struck, Bulla node) {
            var swept = node.maintenance().refreshDue(10);
            return swept.refreshed() + " of " + (swept.refreshed() + swept.failed());
        }
    },
    DISCONNECT("REVOKED", "DISCONNECTED disconnected_by_member") {
        @Override
        String act(Struck struck, Bulla node) {
            return struck.on(node).disconnect("notes").revocation().name();
        }
    },
    FIRST_KEY("confirmed", "ACTIVE") {
        @Override
        String act(Struck struck, Bulla node) {
            struck.shown.add(MemberKey.parse(struck.on(node).keys().issue().text()));
            struck.on(node).keys().confirm(struck.shown.get(0));
            return "confirmed";
        }

        @Override
        MemberKey settle(Struck struck) {
            if (struck.member().keys().status().isEmpty()) {
                assertThat(struck.call(struck.stage.world.bulla)).isEqualTo("200");
            }
            return proven(struck, null);
        }
    },
    ROTATION("confirmed", "ACTIVE") {
        @Override
        void prepare(Struck struck) {
            struck.connected();
            struck.shown.add(struck.keyed());
        }

        @Override
        String act(Struck struck, Bulla node) {
            struck.shown.add(MemberKey.parse(
                    struck.on(node).keys().rotate(struck.shown.get(0)).text()));
            struck.on(node).keys().confirm(struck.shown.get(1));
            return "confirmed";
        }

        @Override
        MemberKey settle(Struck struck) {
            MemberKey old = struck.shown.remove(0);
            if (struck.member().keys().status().orElseThrow().number() == 1) {
                try (Session session = struck.member().session(old)) {
                    assertThat(session.call("notes", Stage.ME).status()).isEqualTo(200);
                }
            }
            return proven(struck, old);
        }
    },
    RESET("1 cleared", "RECONNECT_REQUIRED key_reset") {
        @Override
        void prepare(Struck struck) {
            struck.connected();
            struck.shown.add(struck.keyed());
        }

        @Override
        String act(Struck struck, Bulla node) {
            return struck.on(node).keys().reset().size() + " cleared";
        }

        @Override
        @Nullable
        MemberKey settle(Struck struck) {
            struck.member().keys().reset();
            assertThat(struck.account().orElseThrow().sealedTo()).isEqualTo(SealedTo.NOBODY);
            return null;
        }
    };

    /** What it answers where the fault is mended inside. */
    final String answer;
    /** And what becomes of the account then. */
    final String status;

    StruckVerb(String answer, String status) {
        this.answer = answer;
        this.status = status;
    }

    void prepare(Struck struck) {
        struck.connected();
    }

    /** Under the fault. */
    abstract String act(Struck struck, Bulla node);

    /** Ends without faults what was begun; answers the key that the member has now. */
    @Nullable
    MemberKey settle(Struck struck) {
        return null;
    }

    private static MemberKey proven(Struck struck, @Nullable MemberKey old) {
        if (struck.shown.isEmpty()) {
            struck.shown.add(MemberKey.parse((old == null
                            ? struck.member().keys().issue()
                            : struck.member().keys().rotate(old))
                    .text()));
        }
        MemberKey key = struck.shown.get(0);
        struck.member().keys().confirm(key);
        return key;
    }
}
