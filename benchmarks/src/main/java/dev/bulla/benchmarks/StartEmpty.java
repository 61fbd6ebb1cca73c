package dev.bulla.benchmarks;

/** What a JVM takes that does nothing. */
final class StartEmpty {
    private StartEmpty() {}

    public static void main(String[] args) {
        System.out.println("https://nowhere.example.com/");
    }
}
