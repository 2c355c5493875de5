package io.holdfast.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads who is told about incidents, in which order, and how. */
final class PeopleReader {

    static final List<String> CONTACT_KEYS = List.of("name", "email", "phone", "role", "list");
    static final List<String> ESCALATION_KEYS = List.of("level", "timeout", "contacts");
    static final List<String> MAIL_KEYS = List.of("host", "port", "from", "starttls", "user", "password");
    static final String ALL_CONTACTS = "all_contacts";

    private final PlaceReader places;
    private final Problems problems;

    PeopleReader(PlaceReader places, Problems problems) {
        this.places = places;
        this.problems = problems;
    }

    List<Contact> contacts(Fields plan) {
        Map<String, Located> names = new HashMap<>();
        Value<Contact> contact = (at, _) -> Fields.of(at, CONTACT_KEYS, problems)
                .map(fields -> contact(fields, names))
                .orElse(null);
        return plan.optional("contacts", Values.list(contact), List.of());
    }

    private @Nullable Contact contact(Fields fields, Map<String, Located> names) {
        String name = fields.required("name", "System Administrator", Values::text);
        String email = fields.required("email", "admin@example.org", Values.ADDRESS);
        String phone = fields.optional("phone", Values::text);
        String role = fields.optional("role", Values::text);
        Contact.Rank rank = fields.optional("list", Values.oneOf(Contact.Rank.class), Contact.Rank.PRIMARY);
        if (name == null || email == null) {
            return null;
        }
        Located earlier = names.putIfAbsent(name, fields.at("name"));
        if (earlier != null) {
            problems.add(
                    Code.DUPLICATE_NAME,
                    fields.at("name"),
                    "there is already a contact '%s' in line %d".formatted(Values.shown(name), earlier.line()),
                    "Give each contact a name of its own");
        }
        return new Contact(name, email, phone, role, rank);
    }

    List<EscalationLevel> escalation(Fields plan, List<Contact> contacts) {
        List<Located> positions = new ArrayList<>();
        Value<EscalationLevel> level = (at, _) -> {
            positions.add(at);
            return Fields.of(at, ESCALATION_KEYS, problems)
                    .map(fields -> level(fields, contacts))
                    .orElse(null);
        };
        List<EscalationLevel> levels = new ArrayList<>(plan.optional("escalation", Values.list(level), List.of()));
        levels.sort(Comparator.comparingInt(EscalationLevel::level));
        boolean complete = levels.size() == positions.size();
        for (int index = 0; complete && index < levels.size(); index++) {
            if (levels.get(index).level() != index + 1) {
                problems.add(
                        Code.CONTRADICTION,
                        plan.at("escalation"),
                        "the levels must count 1, 2, 3 without gaps, and there is no level %d once"
                                .formatted(index + 1),
                        "Number them from 1");
                break;
            }
        }
        return levels;
    }

    private @Nullable EscalationLevel level(Fields fields, List<Contact> contacts) {
        Integer level = fields.required("level", "1", Values.integer(1, 100));
        var timeout = fields.required("timeout", "30m", Values.DURATION);
        List<List<String>> addresses =
                fields.required("contacts", "[admin@example.org]", Values.some(recipients(contacts)));
        if (level == null || timeout == null || addresses == null || addresses.isEmpty()) {
            return null;
        }
        Set<String> recipients = new LinkedHashSet<>();
        addresses.forEach(recipients::addAll);
        return new EscalationLevel(level, timeout, List.copyOf(recipients));
    }

    private static Value<List<String>> recipients(List<Contact> contacts) {
        List<String> everyone = contacts.stream().map(Contact::email).toList();
        return (at, problems) -> {
            String text = Values.text(at, problems);
            if (text == null || Mail.isAddress(text)) {
                return text == null ? null : List.of(text);
            }
            if (text.equals(ALL_CONTACTS) && !everyone.isEmpty()) {
                return everyone;
            }
            Optional<Contact> named = contacts.stream()
                    .filter(contact -> contact.name().equals(text))
                    .findFirst();
            if (named.isPresent()) {
                return List.of(named.get().email());
            }
            List<String> names = contacts.stream().map(Contact::name).toList();
            problems.add(
                    Code.UNKNOWN_REFERENCE,
                    at,
                    "'%s' is neither a mail address nor a contact".formatted(Values.shown(text)),
                    Suggestion.of(text, names)
                            .map("Did you mean '%s'?"::formatted)
                            .orElse("Write an address, the name of a contact, or all_contacts if there are contacts"));
            return null;
        };
    }

    @Nullable
    Mail mail(Fields plan) {
        return plan.optional(
                "mail",
                (at, _) ->
                        Fields.of(at, MAIL_KEYS, problems).map(this::mailServer).orElse(null));
    }

    private @Nullable Mail mailServer(Fields fields) {
        String host = fields.required("host", "smtp.example.org", Values::text);
        String from = fields.required("from", "backup@example.org", Values.SENDER);
        boolean startTls = fields.optional("starttls", Values::bool, true);
        int port = fields.optional("port", Values.integer(1, 65_535), startTls ? 587 : 25);
        String user = fields.optional("user", Values::text);
        SecretReference password = fields.optional("password", places::secret);
        if (fields.has("user") != fields.has("password")) {
            problems.add(
                    Code.CONTRADICTION,
                    fields.at(fields.has("user") ? "user" : "password"),
                    "a user and a password belong together",
                    "Give both or neither");
            return null;
        }
        return host == null || from == null || (user == null) != (password == null)
                ? null
                : new Mail(host, port, from, startTls, user, password);
    }
}
