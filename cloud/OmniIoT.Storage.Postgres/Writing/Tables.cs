namespace OmniIoT.Storage.Postgres.Writing;

/// <summary>The tables that commits write, as the migrations made them.</summary>
internal static class Tables
{
    public static readonly Table Letters = new("letters", 1, "id", "@json");
    public static readonly Table Outbox = new(
        "outbox",
        1,
        "id",
        "target",
        "topic",
        "@payload",
        "#retain",
        "reference",
        "#created_at",
        "#expires_at",
        "@change"
    );
    public static readonly Table DeadLetters = new("dead_letters", 1, "id", "#at", "principal", "@json");

    public static readonly Table Devices = new("devices", 1, "id", "model", "customer_id", "site_id", "search", "@json");
    public static readonly Table Credentials = new("credentials", 1, "principal", "secret_hash", "@sealed_secret", "secret_digest");
    public static readonly Table Commands = new("commands", 2, "device_id", "id", "#created_at", "customer_id", "@json");
    public static readonly Table DeviceMessages = new("device_messages", 2, "device_id", "id", "#created_at", "customer_id", "@json");

    public static readonly Table Alarms = new(
        "alarms",
        1,
        "id",
        "device_id",
        "state",
        "severity",
        "case_id",
        "customer_id",
        "#raised_at",
        "@json"
    );
    public static readonly Table Cases = new(
        "cases",
        1,
        "id",
        "#number",
        "status",
        "#unresolved",
        "device_id",
        "customer_id",
        "assignee",
        "queue",
        "priority",
        "#attention",
        "search",
        "@json"
    );
    public static readonly Table Work = new(
        "work",
        2,
        "kind",
        "id",
        "customer_id",
        "queue",
        "channel",
        "assignee",
        "#active",
        "#waiting_since",
        "#offered_at",
        "#alert_at",
        "@json"
    );
    public static readonly Table Timeline = new("timeline", 1, "id", "customer_id", "#at", "kind", "channel", "case_id", "search", "@json");

    public static readonly Table Customers = new("customers", 1, "id", "name", "search", "@json");
    public static readonly Table Identities = new("identities", 3, "type", "value", "customer_id", "#form");
    public static readonly Table Visits = new("visits", 2, "customer_id", "id", "#entered_at", "#exited_at", "@json");
    public static readonly Table Offers = new("offers", 1, "id", "customer_id", "#sent_at", "state", "@json");
    public static readonly Table Decisions = new("decisions", 1, "id", "customer_id", "#at", "@json");
    public static readonly Table Conversations = new(
        "conversations",
        1,
        "id",
        "customer_id",
        "status",
        "queue",
        "channel",
        "assignee",
        "#last_message_at",
        "#number",
        "merged_into",
        "#attention",
        "@json"
    );
    public static readonly Table Messages = new(
        "messages",
        1,
        "id",
        "conversation_id",
        "customer_id",
        "#at",
        "channel",
        "external_id",
        "@json"
    );

    public static readonly Table SurveyRequests = new(
        "survey_requests",
        1,
        "id",
        "token",
        "customer_id",
        "channel",
        "#at",
        "#said",
        "@json"
    );
    public static readonly Table SurveyMentions = new(
        "survey_mentions",
        3,
        "theme",
        "#at",
        "request_id",
        "channel",
        "customer_id",
        "@json"
    );

    /// <summary>Whose it is, a message says later.</summary>
    public static readonly Table Attachments = new("attachments", 1, "id", "#at", "@json", "@content");

    public static readonly Table CallBacks = new("callbacks", 1, "id", "customer_id", "queue", "status", "#requested_at", "@json");

    /// <summary>Where a row stands among the others, and how often it was tried, the table itself knows.</summary>
    public static readonly Table Outgoing = new(
        "outgoing_messages",
        1,
        "message_id",
        "conversation_id",
        "customer_id",
        "channel",
        "@json",
        "#next_at"
    );

    /// <summary>Whoever lost a session to another process changes nothing of it any more.</summary>
    public static readonly Table Sessions = new(
        "sessions",
        1,
        "client_id",
        "principal",
        "#protocol_version",
        "#expiry_ticks",
        "#disconnected_at",
        "process"
    )
    {
        PutWhere = "sessions.process IS NULL OR sessions.process = excluded.process",
    };
    public static readonly Table Wills = new("wills", 1, "client_id", "topic", "@payload", "#qos", "#retain", "@properties", "#due_at");
    public static readonly Table Subscriptions = new("subscriptions", 2, "client_id", "filter", "#options", "#identifier");
    public static readonly Table SessionMessages = new(
        "session_messages",
        2,
        "client_id",
        "#message_order",
        "topic",
        "@payload",
        "#qos",
        "#retain",
        "@properties",
        "#expires_at",
        "#packet_identifier",
        "#state",
        "reference"
    );
    public static readonly Table Received = new("received", 2, "client_id", "#packet_identifier", "#fingerprint", "#outcome");
    public static readonly Table Retained = new("retained", 1, "topic", "@payload", "#qos", "@properties", "#stored_at", "#expires_at");

    public static readonly Table Registrations = new("registrations", 1, "id", "enrollment_id", "#at", "#refused", "@json");
    public static readonly Table ClaimCodes = new("claim_codes", 1, "device_id", "code_hash");
    public static readonly Table Certificates = new("certificates", 1, "thumbprint", "principal");
}
