package dev.bulla.provider;

import dev.bulla.limit.ApiLimit;
import dev.bulla.tool.Tool;
import dev.bulla.tool.ToolSet;
import java.net.URI;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One service that Bulla knows how to talk to: a value made in Java. Immutable and thread-safe; making one costs no I/O.
 */
public final class Provider {
    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]{0,38}");

    private final Builder data;
    private final Addresses addresses;

    private Provider(Builder data) {
        this.data = data;
        addresses = data.addresses();
    }

    /** @param id lower-case letters, digits and hyphens; it stands in rows and never changes */
    public static Builder builder(String id, String displayName) {
        return new Builder(id, displayName);
    }

    public String id() {
        return data.id;
    }

    public String displayName() {
        return data.displayName;
    }

    /** The modes that a connection of this provider may have; the first is the default. */
    public List<Mode> modes() {
        List<Mode> modes = new ArrayList<>();
        if (data.flow != null) {
            modes.add(Mode.OWN_APP);
            if (data.managed != null) {
                modes.add(0, Mode.MANAGED_APP);
            }
        }
        if (data.form != null) {
            modes.add(Mode.FORM);
            if (data.hostCredential) {
                modes.add(Mode.HOST_CREDENTIAL);
            }
        }
        return List.copyOf(modes);
    }

    /**
     * What is left of this provider for a connection of one mode: a form has no tokens to redeem or revoke, and where it has an API of its
     * own, or the same one with another attachment, that one.
     */
    public Provider in(Mode mode) {
        Builder copy = new Builder(data);
        copy.ownerFields = data.ownerFields.stream()
                .filter(field -> field.rule().modes().contains(mode))
                .toList();
        if (mode == Mode.OWN_APP || mode == Mode.MANAGED_APP) {
            copy.form = null;
            copy.formApi = null;
            copy.formTools = null;
            return new Provider(copy);
        }
        copy.spec = null;
        copy.flow = null;
        copy.discovery = null;
        copy.form = data.form == null ? null : data.form.in(mode);
        copy.refresher = data.form == null ? null : data.form.minter();
        copy.revoker = null;
        copy.managed = null;
        copy.selection = null;
        copy.scopes = List.of();
        copy.api = data.formApi == null ? data.api : data.formApi;
        copy.tools = data.formTools == null ? data.tools : data.formTools;
        copy.formTools = null;
        return new Provider(copy);
    }

    /** How the service itself says where it is to be reached, where no more than its address is known. */
    public Optional<ServiceDiscovery> discovery() {
        return Optional.ofNullable(data.discovery);
    }

    public Optional<OAuth2Spec> oauth2() {
        return Optional.ofNullable(data.spec);
    }

    public Optional<OAuthFlow> flow() {
        return Optional.ofNullable(data.flow);
    }

    public Optional<TokenRefresher> refresher() {
        return Optional.ofNullable(data.refresher);
    }

    public Optional<TokenRevoker> revoker() {
        return Optional.ofNullable(data.revoker);
    }

    public Optional<KeyForm> form() {
        return Optional.ofNullable(data.form);
    }

    /** The choice after the consent, for a service where an account is of no use without one, or is used better with one. */
    public Optional<Selection> selection() {
        return Optional.ofNullable(data.selection);
    }

    public ApiAccess api() {
        return data.api;
    }

    public List<Scope> scopes() {
        return List.copyOf(data.scopes);
    }

    /** Granted scopes as the service names them, with those that come with them. */
    public List<String> covered(List<String> granted) {
        List<String> all = new ArrayList<>(granted);
        data.scopes.stream()
                .filter(scope -> granted.contains(scope.name()))
                .flatMap(scope -> scope.covers().stream())
                .filter(name -> !all.contains(name))
                .forEach(all::add);
        return List.copyOf(all);
    }

    /**
     * Fields that an owner fills in beside client id and secret: parts of the instance and values that the service needs. One that is
     * named {@code clientId} or {@code clientSecret} says what the service calls those, and of what form they are.
     */
    public List<Field> ownerFields() {
        return List.copyOf(data.ownerFields);
    }

    /** What an agent may be offered here, and what is known of the service's paths. */
    public ToolSet tools() {
        return data.tools;
    }

    /** How failures are found in answers whose status is a success, where the service reports any there. */
    public Optional<AnswerReader> answers() {
        return Optional.ofNullable(data.answers);
    }

    /** What can be listed at the service, by kind: names and attributes, never contents. */
    public List<EntitySource> entities() {
        return data.entities;
    }

    /** How much its API takes, where the vendor says so in numbers. */
    public Optional<ApiLimit> limit() {
        return Optional.ofNullable(data.limit);
    }

    /** The host's own app registration for this provider, where {@link #managedBy} gave one. */
    public Optional<ManagedApp> managed() {
        return Optional.ofNullable(data.managed);
    }

    /** Prefix of the parameters that are appended to the return address. */
    public String returnPrefix() {
        return data.returnPrefix;
    }

    /** Name of the return parameter that shows the identity, behind the prefix: {@code username}. */
    public String returnIdentity() {
        return data.returnIdentity;
    }

    /** The service's page where a person sees and ends grants, if it is known. */
    public Optional<URI> grantsPage() {
        return Optional.ofNullable(data.grantsPage);
    }

    public Documentation documentation() {
        return data.documentation;
    }

    /** How the service's webhooks are verified, where it sends any. */
    public Optional<WebhookScheme> webhooks() {
        return Optional.ofNullable(data.webhooks);
    }

    /** A copy of this provider that takes webhooks of this scheme: for one whose webhooks its author did not describe. */
    public Provider withWebhooks(WebhookScheme scheme) {
        Builder copy = new Builder(data);
        copy.webhooks = scheme;
        return new Provider(copy);
    }

    /** Whether endpoints were given by an owner or host rather than fixed in code. Managed apps are refused for such a provider. */
    public boolean custom() {
        return data.custom;
    }

    /**
     * What sealed tokens are bound to: they are only ever sent where this stays the same. It names the provider, the host of the token
     * endpoint (or the API), the API where that is one address, and the instance.
     */
    public String trustAnchor(Map<String, String> instance) {
        return addresses.anchor(instance);
    }

    /** Names of the parts of the API's address that come with each account: in the token answer, or in its form. */
    public List<String> accountParts() {
        return addresses.accountParts();
    }

    /** Names of the parts of the service's address that belong to one customer's instance, such as a subdomain. */
    public List<String> instanceParts() {
        return addresses.instanceParts();
    }

    /** Whether a value may stand for this part of an address: one DNS label, a segment of the path, or a whole address; true where
     * the name is no part. */
    public boolean fits(String part, String value) {
        return addresses.fit(part, value);
    }

    /** Former trust anchors of this provider that are accepted too, for an upgrade that moved a vendor's endpoint. */
    public Set<String> formerAnchors() {
        return Set.copyOf(data.formerAnchors);
    }

    /**
     * A copy of this provider with an app registration of the host, so that owners need none.
     *
     * @throws IllegalStateException for a custom provider or one without OAuth
     */
    public Provider managedBy(ManagedApp app) {
        if (data.custom || data.flow == null) {
            throw new IllegalStateException("managed apps are for OAuth providers with fixed endpoints");
        }
        Builder copy = new Builder(data);
        copy.managed = app;
        return new Provider(copy);
    }

    /**
     * A copy of this provider with tools of the host beside its own.
     *
     * @throws IllegalArgumentException where a name is taken, or a tool names a kind of resource that is not there
     */
    public Provider withTools(Tool... more) {
        Builder copy = new Builder(data);
        copy.tools = data.tools.with(more);
        copy.formTools = data.formTools == null ? null : data.formTools.with(more);
        return new Provider(copy);
    }

    /**
     * An app registration of the host.
     *
     * @param id stands in the redirect URI, so it never changes: lower-case letters, digits and hyphens
     * @param clientId the client id
     * @param clientSecret the client secret
     */
    public record ManagedApp(String id, String clientId, Secret clientSecret) {
        public ManagedApp {
            if (!ID.matcher(id).matches()) {
                throw new IllegalArgumentException("an id has lower-case letters, digits and hyphens");
            }
        }
    }

    @Override
    public String toString() {
        return "Provider[" + data.id + ", " + EnumSet.copyOf(modes()) + "]";
    }

    public static final class Builder {
        private final String id;
        private final String displayName;
        private @Nullable OAuth2Spec spec;
        private @Nullable OAuthFlow flow;
        private @Nullable TokenRefresher refresher;
        private @Nullable TokenRevoker revoker;
        private @Nullable KeyForm form;
        private @Nullable ApiAccess formApi;
        private @Nullable ServiceDiscovery discovery;
        private boolean hostCredential;
        private @Nullable Selection selection;
        private ApiAccess api;
        private List<Scope> scopes = List.of();
        private List<Field> ownerFields = List.of();
        private @Nullable ManagedApp managed;
        private String returnPrefix;
        private String returnIdentity = "username";
        private @Nullable URI grantsPage;
        private boolean custom;
        private Set<String> formerAnchors = Set.of();
        private List<String> accountParts = List.of();
        private ToolSet tools = ToolSet.NONE;
        private @Nullable ToolSet formTools;
        private @Nullable ApiLimit limit;
        private @Nullable AnswerReader answers;
        private Documentation documentation = Documentation.NONE;
        private @Nullable WebhookScheme webhooks;
        private List<EntitySource> entities = List.of();

        private Builder(String id, String displayName) {
            if (!ID.matcher(id).matches()) {
                throw new IllegalArgumentException("an id has lower-case letters, digits and hyphens");
            }
            this.id = id;
            this.displayName = displayName;
            this.returnPrefix = id.replace('-', '_');
            this.api = ApiAccess.bearer("https://invalid");
        }

        private Builder(Builder from) {
            id = from.id;
            displayName = from.displayName;
            spec = from.spec;
            flow = from.flow;
            refresher = from.refresher;
            revoker = from.revoker;
            form = from.form;
            formApi = from.formApi;
            discovery = from.discovery;
            hostCredential = from.hostCredential;
            selection = from.selection;
            api = from.api;
            scopes = List.copyOf(from.scopes);
            ownerFields = List.copyOf(from.ownerFields);
            managed = from.managed;
            returnPrefix = from.returnPrefix;
            returnIdentity = from.returnIdentity;
            grantsPage = from.grantsPage;
            custom = from.custom;
            formerAnchors = from.formerAnchors;
            accountParts = List.copyOf(from.accountParts);
            tools = from.tools;
            formTools = from.formTools;
            limit = from.limit;
            answers = from.answers;
            documentation = from.documentation;
            webhooks = from.webhooks;
            entities = from.entities;
        }

        /** The service reports failures in answers whose status is a success, and this finds them. */
        public Builder answers(AnswerReader value) {
            answers = value;
            return this;
        }

        /**
         * How much the API takes, where the vendor says it in one number for all calls of an account or an app. Calls that it would surely
         * refuse are then refused before they are sent; so nothing may be beyond this that the vendor can let through.
         */
        public Builder limit(ApiLimit value) {
            limit = value;
            return this;
        }

        /** The OAuth 2 facts of the service with the parts that speak them. A null refresher or revoker: the service has none. */
        public Builder oauth2(
                OAuth2Spec spec, OAuthFlow flow, @Nullable TokenRefresher refresher, @Nullable TokenRevoker revoker) {
            this.spec = spec;
            this.flow = flow;
            this.refresher = refresher;
            this.revoker = revoker;
            return this;
        }

        /**
         * The service says itself where tokens are had. Owners need no app then: the library makes itself known, unless they give it one.
         * What is found are values for parts of the addresses, among others; no owner is asked for them.
         */
        public Builder discovery(ServiceDiscovery value) {
            discovery = value;
            return this;
        }

        /** Members connect by a form. */
        public Builder form(KeyForm value) {
            form = value;
            return this;
        }

        /** Members connect by a form, and its key goes elsewhere, or is attached in another way, than the tokens of OAuth. */
        public Builder form(KeyForm value, ApiAccess access) {
            formApi = access;
            return form(value);
        }

        /** The credential of the form may also be one that the host provides for everybody. */
        public Builder hostCredential() {
            hostCredential = true;
            return this;
        }

        /** After the consent members choose what the account stands for. */
        public Builder selection(Selection value) {
            selection = value;
            return this;
        }

        public Builder api(ApiAccess value) {
            api = value;
            return this;
        }

        public Builder scopes(Scope... value) {
            scopes = List.of(value);
            return this;
        }

        public Builder ownerFields(Field... value) {
            ownerFields = List.of(value);
            return this;
        }

        public Builder returnParameters(String prefix, String identity) {
            returnPrefix = prefix;
            returnIdentity = identity;
            return this;
        }

        public Builder grantsPage(String value) {
            grantsPage = URI.create(value);
            return this;
        }

        /**
         * These parts of the API's address come with each account: as kept fields of the token answer ({@link OAuth2Spec#keep}), as
         * attributes of the identity, or as fields of the form ({@link KeyForm#reading} too). They stand in no address that a token or
         * client secret is sent to.
         */
        public Builder perAccount(String... parts) {
            accountParts = List.of(parts);
            return this;
        }

        /** What an agent may be offered, and what is known of the service's paths. */
        public Builder tools(ToolSet value) {
            tools = value;
            return this;
        }

        /** The same for members who connect by a form, where the API of the form is another one. */
        public Builder formTools(ToolSet value) {
            formTools = value;
            return this;
        }

        public Builder documentation(Documentation value) {
            documentation = value;
            return this;
        }

        /** The service sends webhooks, verified by this scheme. */
        public Builder webhooks(WebhookScheme value) {
            webhooks = value;
            return this;
        }

        /** What can be listed at the service. A kind may have several sources. */
        public Builder entities(EntitySource... value) {
            entities = List.of(value);
            return this;
        }

        /** Marks a provider whose endpoints were given by configuration. */
        public Builder custom() {
            custom = true;
            return this;
        }

        public Builder formerAnchors(String... value) {
            formerAnchors = Set.of(value);
            return this;
        }

        private Addresses addresses() {
            return new Addresses(id, spec, api, formApi, discovery, accountParts);
        }

        /**
         * @throws IllegalStateException where the provider has neither OAuth nor a form, no API address, or an endpoint whose address
         *     comes with the account
         */
        public Provider build() {
            if (flow == null && form == null) {
                throw new IllegalStateException("a provider has OAuth, a form, or both");
            }
            if (hostCredential && form != null && form.minter() != null) {
                throw new IllegalStateException("a credential that the host provides for everybody is not minted");
            }
            if (api.base().toString().equals("https://invalid")) {
                throw new IllegalStateException("a provider says where its API is");
            }
            if (addresses().accountsSayWhereSecretsGo()) {
                throw new IllegalStateException("where tokens and client secrets are sent, no account says");
            }
            return new Provider(new Builder(this));
        }
    }
}
