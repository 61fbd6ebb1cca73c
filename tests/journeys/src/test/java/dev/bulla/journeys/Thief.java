package dev.bulla.journeys;

import dev.bulla.key.HostKeyring;
import dev.bulla.seal.MemberPair;
import dev.bulla.seal.SealContext;
import dev.bulla.seal.Sealer;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.params.HKDFParameters;
import org.bouncycastle.crypto.params.X25519PrivateKeyParameters;
import org.jspecify.annotations.Nullable;

/**
 * Holds a copy of the whole database, perhaps the host's keys too, and knows the format. Tries as a key, at every lock, every 32
 * bytes that stand anywhere in what it holds or has opened on the way.
 */
final class Thief {
    private static final byte[] MAGIC = {(byte) 0x8B, 'B', 'L', 'A'};
    private static final int HEADER = 41;
    private static final int TO_HOST_PAYLOAD_AT = 2 + 1 + 33 + 32;
    private static final int TO_MEMBER_PAYLOAD_AT = 2 + 1 + 101 + 32;

    private final @Nullable HostKeyring ring;
    private final Set<ByteBuffer> candidates = new HashSet<>();
    private final Set<String> publicKeys = new HashSet<>();
    private final List<Booty> records = new ArrayList<>();

    /** A record, and how far it was opened. */
    static final class Booty {
        final SealContext context;
        final byte[] record;
        private byte @Nullable [] inner;
        private byte @Nullable [] plain;

        Booty(SealContext context, byte[] record) {
            this.context = context;
            this.record = record;
        }

        boolean outerOpened() {
            return inner != null;
        }

        Optional<String> plain() {
            return Optional.ofNullable(plain).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
        }
    }

    Thief(List<Map<String, @Nullable Object>> dump, @Nullable HostKeyring ring) {
        this.ring = ring;
        dump.forEach(this::hold);
        if (ring != null) {
            ring.terms().keySet().forEach(term -> learn(ring.revealKey(term)));
        }
    }

    /** Everything that looks like a record, opened as far as it goes. */
    List<Booty> rob() {
        records.forEach(this::openOuter);
        records.stream().filter(Booty::outerOpened).forEach(this::openByDataKey);
        List<MemberPair> pairs = candidates.stream()
                .map(ByteBuffer::array)
                .filter(this::isSomebodys)
                .map(MemberPair::ofSeed)
                .toList();
        HostKeyring keys = ring;
        if (keys != null) {
            pairs.forEach(pair -> records.forEach(booty -> openAsMember(booty, new Sealer(keys), pair)));
        }
        return records;
    }

    private void hold(Map<String, @Nullable Object> row) {
        row.forEach((column, value) -> {
            if (value instanceof byte[] bytes) {
                learn(bytes);
                if (Arrays.equals(MAGIC, Arrays.copyOf(bytes, 4))) {
                    records.add(new Booty(context(row, column), bytes));
                }
            } else if (value instanceof String text) {
                learn(text);
                if (column.endsWith("_public")) {
                    publicKeys.add(text);
                }
            }
        });
    }

    private static SealContext context(Map<String, @Nullable Object> row, String column) {
        String tenant = text(row, "tenant");
        String member = text(row, "member");
        String connection = text(row, "connection_id");
        String id = text(row, "id");
        return switch (text(row, "table")) {
            case "account" -> new SealContext(tenant, member, connection, id, "account", number(row, "seal_no"));
            case "app" -> new SealContext(tenant, "", connection, id, "app", number(row, "seal_no"));
            case "connection" -> new SealContext(tenant, "", id, "", "connection", number(row, "seal_no"));
            case "flow" -> new SealContext(tenant, member, connection, id, "flow", 1);
            case "grant" -> new SealContext(tenant, member, "", id, "grant", number(row, "key_no"));
            default ->
                new SealContext(
                        tenant, member, "", "", "previous-keys", number(row, column.replace("previous", "number")));
        };
    }

    private static String text(Map<String, @Nullable Object> row, String column) {
        return Objects.requireNonNullElse((String) row.get(column), "");
    }

    private static long number(Map<String, @Nullable Object> row, String column) {
        return ((Number) Objects.requireNonNull(row.get(column))).longValue();
    }

    private void learn(byte[] bytes) {
        for (int i = 0; i + 32 <= bytes.length; i++) {
            candidates.add(ByteBuffer.wrap(Arrays.copyOfRange(bytes, i, i + 32)));
        }
    }

    /** As it stands, and every word of it decoded. */
    private void learn(String text) {
        learn(text.getBytes(StandardCharsets.UTF_8));
        for (String word : text.split("[^A-Za-z0-9+/_=-]+")) {
            try {
                learn(Base64.getUrlDecoder().decode(word.replace('+', '-').replace('/', '_')));
            } catch (IllegalArgumentException e) {
                // no base64
            }
        }
    }

    private void openOuter(Booty booty) {
        byte[] header = Arrays.copyOf(booty.record, HEADER);
        byte[] salt = Arrays.copyOfRange(booty.record, 9, HEADER);
        byte[] body = Arrays.copyOfRange(booty.record, HEADER, booty.record.length);
        byte[] associated = bytes(out -> {
            out.write(header);
            write(out, booty.context);
        });
        booty.inner = first(key -> open(derive(key, salt, "outer lock"), associated, body));
        if (booty.inner != null) {
            learn(booty.inner);
        }
    }

    private void openByDataKey(Booty booty) {
        byte[] inner = Objects.requireNonNull(booty.inner);
        byte[] associated = bytes(out -> {
            out.writeUTF(label("payload"));
            out.write(inner, 0, 2);
            write(out, booty.context);
        });
        for (int at : new int[] {TO_HOST_PAYLOAD_AT, TO_MEMBER_PAYLOAD_AT}) {
            if (booty.plain == null && inner.length > at) {
                byte[] body = Arrays.copyOfRange(inner, at, inner.length);
                booty.plain = first(key -> open(derive(key, null, "payload"), associated, body));
            }
        }
        booty.plain().ifPresent(this::learn);
    }

    private interface Attempt {
        byte @Nullable [] with(byte[] key);
    }

    private byte @Nullable [] first(Attempt attempt) {
        return candidates.parallelStream()
                .map(key -> attempt.with(key.array()))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** Whether these bytes are the seed or the private key behind a public key of the database. */
    private boolean isSomebodys(byte[] bytes) {
        String asPrivate = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(new X25519PrivateKeyParameters(bytes)
                        .generatePublicKey()
                        .getEncoded());
        if (publicKeys.contains(asPrivate)) {
            throw new AssertionError("the private half of a member key lies open");
        }
        return publicKeys.contains(MemberPair.ofSeed(bytes).publicKey().text());
    }

    private static void openAsMember(Booty booty, Sealer sealer, MemberPair pair) {
        try {
            booty.plain = sealer.open(booty.record, booty.context, pair);
        } catch (RuntimeException e) {
            // of somebody else
        }
    }

    private static byte[] derive(byte[] secret, byte @Nullable [] salt, String use) {
        HKDFBytesGenerator hkdf = new HKDFBytesGenerator(new SHA256Digest());
        hkdf.init(new HKDFParameters(secret, salt, label(use).getBytes(StandardCharsets.US_ASCII)));
        byte[] keyAndNonce = new byte[44];
        hkdf.generateBytes(keyAndNonce, 0, keyAndNonce.length);
        return keyAndNonce;
    }

    private static String label(String use) {
        return "bulla/record/v1/" + use;
    }

    private static byte @Nullable [] open(byte[] keyAndNonce, byte[] associated, byte[] body) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(
                    Cipher.DECRYPT_MODE,
                    new SecretKeySpec(keyAndNonce, 0, 32, "AES"),
                    new GCMParameterSpec(128, keyAndNonce, 32, 12));
            cipher.updateAAD(associated);
            return cipher.doFinal(body);
        } catch (GeneralSecurityException e) {
            return null;
        }
    }

    private static void write(DataOutputStream out, SealContext context) throws IOException {
        for (String text : Stream.of(
                        context.tenant(), context.member(), context.connection(), context.account(), context.purpose())
                .toList()) {
            out.writeUTF(text);
        }
        out.writeLong(context.sealNo());
    }

    private interface Writing {
        void to(DataOutputStream out) throws IOException;
    }

    private static byte[] bytes(Writing writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            writing.to(new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
