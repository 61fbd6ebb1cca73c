package dev.bulla.audit;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What of a path may be written down where no template fits. Some services take secrets as a part of the path, so a part stays only if
 * it is a plain word of at most 24 letters, or a version; everything else becomes a star, ids included. There is no query in it.
 */
public final class PathShape {
    private static final int LONGEST = 512;
    private static final String HUMP = "[A-Z]?[a-z]+([A-Z][a-z]{2,})*";
    private static final Pattern WORD =
            Pattern.compile("(?=.{1,24}$)" + HUMP + "([._:-]" + HUMP + ")*|v[0-9]{1,2}([._][0-9]{1,2})?");

    private PathShape() {}

    /** @param path or an absolute URL, whose host is left out; from the first question mark or hash on it is not looked at */
    public static String of(String path) {
        String plain = path.split("[?#]", 2)[0];
        int scheme = plain.indexOf("://");
        int root = scheme < 0 ? 0 : plain.indexOf('/', scheme + 3);
        if (root < 0) {
            return "/";
        }
        String shape = Arrays.stream(plain.substring(root).split("/", -1))
                .map(part -> part.isEmpty() || WORD.matcher(part).matches() ? part : "*")
                .collect(Collectors.joining("/"));
        return shape.length() > LONGEST ? shape.substring(0, LONGEST) : shape;
    }
}
