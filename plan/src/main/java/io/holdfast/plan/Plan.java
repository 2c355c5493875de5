package io.holdfast.plan;

import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The protection plan: what is protected, when, how long it is kept, where copies go and who is told. Everything in it
 * is resolved: paths are absolute, classes are applied, names refer to something.
 *
 * @param version of the plan's language
 * @param site the site of stacks that name none
 * @param classes the built-in ones included
 * @param escalation by level, from 1 without gaps; empty if nobody is to be told
 */
public record Plan(
        int version,
        String site,
        Vaults vaults,
        List<Region> regions,
        List<DataClass> classes,
        List<Stack> stacks,
        List<Contact> contacts,
        List<EscalationLevel> escalation,
        @Nullable Mail mail) {

    public static final int VERSION = 1;

    public Plan {
        Names.require(version == VERSION, "version must be %d, was %d", VERSION, version);
        Names.name("site", site);
        regions = List.copyOf(regions);
        classes = List.copyOf(classes);
        stacks = Names.some("stacks", stacks);
        contacts = List.copyOf(contacts);
        escalation = List.copyOf(escalation);
    }

    public Optional<Stack> stack(String name) {
        return stacks.stream().filter(stack -> stack.name().equals(name)).findFirst();
    }

    public Optional<Region> region(String name) {
        return regions.stream().filter(region -> region.name().equals(name)).findFirst();
    }

    /** The sites that have work to do, and the plan's own. */
    public SortedSet<String> sites() {
        SortedSet<String> sites = new TreeSet<>();
        sites.add(site);
        stacks.forEach(stack -> sites.add(stack.site()));
        return sites;
    }
}
