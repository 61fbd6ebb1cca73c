package dev.bulla.examples.quickstart;

/** Starts a host with one connected service. */
public final class Quickstart {

    private Quickstart() {}

    public static void main(String[] args) {
        System.out.println("Bulla quickstart");
    }
}
