package dev.bulla.web;

/**
 * The host's own token against cross-site request forgery, as a page puts it into a form. {@code toString} shows the name only.
 *
 * @param name name of the hidden field
 * @param value what {@link WebHost#isTrusted} wants to find in it
 */
public record FormToken(String name, String value) {
    @Override
    public String toString() {
        return "FormToken[" + name + "]";
    }
}
