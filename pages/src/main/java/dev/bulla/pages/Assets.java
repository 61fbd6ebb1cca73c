package dev.bulla.pages;

import dev.bulla.web.WebResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Style sheet and script. Their names hold a digest of what is in them, so that browsers keep them for a year. */
final class Assets {
    private static final Asset STYLE = Asset.load("pages", "css", "text/css; charset=utf-8");
    private static final Asset SCRIPT = Asset.load("pages", "js", "text/javascript; charset=utf-8");
    private static final Map<String, Asset> ALL = Map.of(STYLE.file(), STYLE, SCRIPT.file(), SCRIPT);

    private Assets() {}

    private record Asset(String file, String type, String text) {
        static Asset load(String name, String ending, String type) {
            try (InputStream in = Objects.requireNonNull(Assets.class.getResourceAsStream(name + "." + ending))) {
                byte[] bytes = in.readAllBytes();
                byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
                String file = name + "-" + HexFormat.of().formatHex(digest, 0, 8) + "." + ending;
                return new Asset(file, type, new String(bytes, StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    static String style() {
        return STYLE.file();
    }

    static String script() {
        return SCRIPT.file();
    }

    /** Empty where there is none of this name. */
    static Optional<WebResponse> find(String file) {
        return Optional.ofNullable(ALL.get(file))
                .map(asset -> WebResponse.html(200, asset.text())
                        .header("Content-Type", asset.type())
                        .header("Cache-Control", "public, max-age=31536000, immutable"));
    }
}
