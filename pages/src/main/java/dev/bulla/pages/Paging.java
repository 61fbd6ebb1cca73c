package dev.bulla.pages;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Long lists, fifty rows at a time; the page stands in the address, from 1. */
final class Paging {
    private Paging() {}

    static <T> List<T> slice(Visit visit, List<T> all) {
        int from = Math.min((page(visit, all.size()) - 1) * ConnectionAccounts.ROWS, all.size());
        return all.subList(from, Math.min(all.size(), from + ConnectionAccounts.ROWS));
    }

    private static int pages(int rows) {
        return Math.max(1, (rows + ConnectionAccounts.ROWS - 1) / ConnectionAccounts.ROWS);
    }

    private static int page(Visit visit, int rows) {
        String wanted = visit.parameter("page");
        int page = wanted.matches("[0-9]{1,6}") ? Integer.parseInt(wanted) : 1;
        return Math.max(1, Math.min(page, pages(rows)));
    }

    static Html links(Visit visit, String path, int rows, String... query) {
        int page = page(visit, rows);
        return Html.of(
                        "<nav aria-label=\"%s\"><p>%s %s %s</p></nav>",
                        visit.say("paging.label"),
                        link(visit, path, page - 1, "paging.former", query).when(page > 1),
                        visit.say("paging.where", page, pages(rows)),
                        link(visit, path, page + 1, "paging.next", query).when(page < pages(rows)))
                .when(pages(rows) > 1);
    }

    private static Html link(Visit visit, String path, int page, String key, String... query) {
        List<String> all = new ArrayList<>(Arrays.asList(query));
        all.add("page");
        all.add(Integer.toString(page));
        return Html.of("<a href=\"%s\">%s</a>", visit.at(path, all.toArray(String[]::new)), visit.say(key));
    }
}
