package dev.bulla.foreignservers;

import dev.bulla.Bulla;
import dev.bulla.Member;
import dev.bulla.Session;
import dev.bulla.key.MemberKey;
import org.jspecify.annotations.Nullable;

/** A member with a connected account, and the member's key where there is one. {@code toString} leaves the key out. */
record Account(String member, @Nullable MemberKey key) {
    Session session(Bulla bulla) {
        Member known = bulla.tenant(Site.TENANT).member(member);
        return key == null ? known.session() : known.session(key);
    }

    @Override
    public String toString() {
        return member;
    }
}
