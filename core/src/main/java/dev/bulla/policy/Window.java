package dev.bulla.policy;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * When a policy applies: on some days of the week, in some hours of the day, between two dates, all as the clocks of one zone show them.
 * Immutable.
 *
 * <p>Both hours are part of it: 9 to 17 ends at 17:59:59. Where the first hour is the later one it runs over midnight, and what is after
 * midnight belongs to the day before: Friday, 22 to 5, is the night that ends on Saturday at 5:59:59; dates are taken in the same way.
 * Where clocks are put back, an hour that comes twice counts twice.
 *
 * @param days empty means every day
 * @param hoursFrom first hour, 0 to 23
 * @param hoursTo last hour, 0 to 23
 * @param activeFrom first day
 * @param activeTo last day
 * @param zone whose clocks count
 */
public record Window(
        Set<DayOfWeek> days,
        int hoursFrom,
        int hoursTo,
        Optional<LocalDate> activeFrom,
        Optional<LocalDate> activeTo,
        ZoneId zone) {
    static final int LAST_HOUR = 23;

    public Window {
        EnumSet<DayOfWeek> sorted = EnumSet.noneOf(DayOfWeek.class);
        sorted.addAll(days);
        days = Collections.unmodifiableSet(sorted);
    }

    /** All of the time, by the clocks of a zone. */
    public static Window in(ZoneId zone) {
        return new Window(Set.of(), 0, LAST_HOUR, Optional.empty(), Optional.empty(), zone);
    }

    /** The same, on these days only. */
    public Window on(DayOfWeek... some) {
        return new Window(Set.copyOf(List.of(some)), hoursFrom, hoursTo, activeFrom, activeTo, zone);
    }

    /** The same, in these hours only, both included. */
    public Window hours(int from, int to) {
        return new Window(days, from, to, activeFrom, activeTo, zone);
    }

    /** The same, from this day on. */
    public Window from(LocalDate first) {
        return new Window(days, hoursFrom, hoursTo, Optional.of(first), activeTo, zone);
    }

    /** The same, until the end of this day. */
    public Window until(LocalDate last) {
        return new Window(days, hoursFrom, hoursTo, activeFrom, Optional.of(last), zone);
    }

    /** Whether the hours run over midnight. */
    public boolean isOverMidnight() {
        return hoursFrom > hoursTo;
    }

    /** Whether it leaves nothing out. */
    public boolean isAlways() {
        return hasAllDays() && hasAllHours() && activeFrom.isEmpty() && activeTo.isEmpty();
    }

    boolean hasAllDays() {
        return days.isEmpty() || days.size() == DayOfWeek.values().length;
    }

    boolean hasAllHours() {
        return hoursFrom == 0 && hoursTo == LAST_HOUR;
    }

    /** Whether nothing after a moment lies in it; the night after the last day still does. */
    public boolean isOver(Instant moment) {
        LocalDate today = moment.atZone(zone).toLocalDate();
        return activeTo.map(last -> today.isAfter(isOverMidnight() ? last.plusDays(1) : last))
                .orElse(false);
    }

    /** Whether a moment lies in it. */
    public boolean contains(Instant moment) {
        ZonedDateTime there = moment.atZone(zone);
        int hour = there.getHour();
        LocalDate today = there.toLocalDate();
        if (!isOverMidnight()) {
            return hour >= hoursFrom && hour <= hoursTo && isOn(today);
        }
        return hour >= hoursFrom && isOn(today) || hour <= hoursTo && isOn(today.minusDays(1));
    }

    private boolean isOn(LocalDate day) {
        return (days.isEmpty() || days.contains(day.getDayOfWeek()))
                && activeFrom.map(first -> !day.isBefore(first)).orElse(true)
                && activeTo.map(last -> !day.isAfter(last)).orElse(true);
    }
}
