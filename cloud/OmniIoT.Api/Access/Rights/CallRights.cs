using System.Collections.Frozen;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace OmniIoT.Api.Access.Rights;

/// <summary>The one table of what each call asks for. A call that is not in it stops the start.</summary>
internal static class CallRights
{
    /// <summary>Whoever of the company is known: the call looks at the rights itself, or concerns the caller alone.</summary>
    private static readonly AccessRule Known = new(RightSet.None);

    private static readonly FrozenDictionary<string, AccessRule> Rules = new Dictionary<string, AccessRule>(StringComparer.Ordinal)
    {
        ["GET /agents"] = AnyOf("people:read", "cases:read"),
        ["GET /agents/{id}"] = AnyOf("people:read"),
        ["PUT /agents/{id}"] = AnyOf("people:write"),
        ["DELETE /agents/{id}"] = AnyOf("people:write"),
        ["GET /agents/{id}/sessions"] = AnyOf("people:read"),
        ["DELETE /agents/{id}/sessions"] = AnyOf("people:write"),
        ["DELETE /agents/{id}/sessions/{sessionId}"] = AnyOf("people:write"),
        ["GET /agents/{id}/presence"] = AnyOf("people:read", "cases:read"),
        ["PUT /agents/{id}/presence"] = Known,
        ["DELETE /session"] = Known,
        ["GET /me"] = Known,
        ["GET /me/sessions"] = Known,
        ["DELETE /me/sessions/{id}"] = Known,
        ["PUT /me/password"] = Known,
        ["GET /me/totp"] = Known,
        ["POST /me/totp"] = Known,
        ["POST /me/totp/confirm"] = Known,
        ["DELETE /me/totp"] = Known,
        ["DELETE /agents/{id}/totp"] = AnyOf("people:write"),
        ["GET /roles"] = AnyOf("people:read"),
        ["PUT /roles/{id}"] = AnyOf("people:write"),
        ["DELETE /roles/{id}"] = AnyOf("people:write"),
        ["GET /api-keys"] = AnyOf("keys:read"),
        ["POST /api-keys"] = AnyOf("keys:write"),
        ["DELETE /api-keys/{id}"] = AnyOf("keys:write"),
        ["GET /audit"] = AnyOf("audit:read"),
        ["GET /models"] = AnyOf("models:read"),
        ["GET /models/{id}"] = AnyOf("models:read"),
        ["PUT /models/{id}"] = AnyOf("models:write"),
        ["DELETE /models/{id}"] = AnyOf("models:write"),
        ["GET /devices"] = AnyOf("devices:read"),
        ["GET /devices/{id}"] = AnyOf("devices:read"),
        ["PUT /devices/{id}"] = AnyOf("devices:write"),
        ["DELETE /devices/{id}"] = AnyOf("devices:write"),
        ["POST /devices/{id}/secret"] = AnyOf("devices:write"),
        ["GET /devices/{id}/twin"] = AnyOf("devices:read"),
        ["PATCH /devices/{id}/twin/desired"] = AnyOf("commands:write", "devices:write"),
        ["GET /devices/{id}/telemetry"] = AnyOf("devices:read"),
        ["GET /devices/{id}/telemetry/raw"] = AnyOf("devices:read"),
        ["GET /devices/{id}/telemetry/metrics"] = AnyOf("devices:read"),
        ["POST /devices/{id}/commands"] = AnyOf("commands:write", "devices:write"),
        ["GET /devices/{id}/commands"] = AnyOf("commands:read", "devices:read"),
        ["GET /devices/{id}/commands/{commandId}"] = AnyOf("commands:read", "devices:read"),
        ["POST /devices/{id}/messages"] = AnyOf("commands:write", "devices:write"),
        ["GET /devices/{id}/messages"] = AnyOf("commands:read", "devices:read"),
        ["GET /devices/{id}/messages/{messageId}"] = AnyOf("commands:read", "devices:read"),
        ["POST /devices/{id}/claim-code"] = AnyOf("customers:write", "devices:write"),
        ["POST /devices/{id}/reenroll"] = AnyOf("devices:write"),
        ["DELETE /devices/{id}/reenroll"] = AnyOf("devices:write"),
        ["GET /devices/{id}/certificates"] = AnyOf("devices:write"),
        ["PUT /devices/{id}/certificates/{thumbprint}"] = AnyOf("devices:write"),
        ["DELETE /devices/{id}/certificates/{thumbprint}"] = AnyOf("devices:write"),
        ["GET /mqtt"] = Known,
        ["GET /alarms"] = AnyOf("alarms:read"),
        ["GET /alarms/{id}"] = AnyOf("alarms:read"),
        ["POST /alarms/{id}/acknowledge"] = AnyOf("alarms:write"),
        ["POST /alarms/{id}/clear"] = AnyOf("alarms:write"),
        ["GET /customers"] = AnyOf("customers:read"),
        ["GET /customers/{id}"] = OwnOr("customers:read"),
        ["PUT /customers/{id}"] = AnyOf("customers:write"),
        ["DELETE /customers/{id}"] = AnyOf("erasures:write"),
        ["POST /customers/{id}/app-token"] = AnyOf("appTokens:write"),
        ["GET /customers/{id}/export"] = OwnOr("exports:read"),
        ["GET /customers/{id}/timeline"] = OwnOr("customers:read"),
        ["POST /customers/{id}/timeline"] = AnyOf("customers:write"),
        ["POST /purchases/import"] = AnyOf("customers:write"),
        ["GET /customers/{id}/visits"] = OwnOr("customers:read"),
        ["GET /customers/{id}/offers"] = OwnOr("customers:read"),
        ["GET /customers/{id}/decisions"] = OwnOr("customers:read"),
        ["POST /customers/{id}/merge"] = AnyOf("customers:write"),
        ["POST /customers/{id}/unmerge"] = AnyOf("customers:write"),
        ["GET /customers/{id}/merge-suggestions"] = AnyOf("customers:read"),
        ["POST /customers/{id}/claims"] = OwnOr("customers:write", "commands:write"),
        ["GET /cases"] = AnyOf("cases:read"),
        ["POST /cases"] = AnyOf("cases:write"),
        ["GET /cases/counts"] = AnyOf("cases:read"),
        ["GET /cases/{id}"] = AnyOf("cases:read"),
        ["PATCH /cases/{id}"] = AnyOf("cases:write"),
        ["GET /cases/{id}/timeline"] = AnyOf("cases:read"),
        ["POST /cases/{id}/resolve"] = AnyOf("cases:write"),
        ["POST /cases/{id}/notes"] = AnyOf("cases:write"),
        ["GET /queues"] = AnyOf("queues:read", "cases:read", "conversations:read"),
        ["GET /queues/{id}"] = AnyOf("queues:read", "cases:read", "conversations:read"),
        ["PUT /queues/{id}"] = AnyOf("queues:write"),
        ["DELETE /queues/{id}"] = AnyOf("queues:write"),
        ["GET /calendars"] = AnyOf("queues:read"),
        ["GET /calendars/{id}"] = AnyOf("queues:read"),
        ["PUT /calendars/{id}"] = AnyOf("queues:write"),
        ["DELETE /calendars/{id}"] = AnyOf("queues:write"),
        ["GET /slas"] = AnyOf("queues:read"),
        ["GET /slas/{id}"] = AnyOf("queues:read"),
        ["PUT /slas/{id}"] = AnyOf("queues:write"),
        ["DELETE /slas/{id}"] = AnyOf("queues:write"),
        ["GET /replies"] = AnyOf("queues:read", "cases:read", "conversations:read"),
        ["GET /replies/{id}"] = AnyOf("queues:read", "cases:read", "conversations:read"),
        ["PUT /replies/{id}"] = AnyOf("queues:write"),
        ["DELETE /replies/{id}"] = AnyOf("queues:write"),
        ["GET /macros"] = AnyOf("queues:read", "cases:read", "conversations:read"),
        ["GET /macros/{id}"] = AnyOf("queues:read", "cases:read", "conversations:read"),
        ["PUT /macros/{id}"] = AnyOf("queues:write"),
        ["DELETE /macros/{id}"] = AnyOf("queues:write"),
        ["GET /triggers"] = AnyOf("queues:read"),
        ["GET /triggers/{id}"] = AnyOf("queues:read"),
        ["PUT /triggers/{id}"] = AnyOf("queues:write"),
        ["DELETE /triggers/{id}"] = AnyOf("queues:write"),
        ["GET /conversations/{id}/replies/{replyId}"] = AnyOf("conversations:read"),
        ["POST /conversations/{id}/macros/{macroId}"] = AnyOf("conversations:write"),
        ["POST /cases/{id}/macros/{macroId}"] = AnyOf("cases:write"),
        ["GET /sites"] = AnyOf("places:read"),
        ["GET /sites/{id}"] = AnyOf("places:read"),
        ["PUT /sites/{id}"] = AnyOf("places:write"),
        ["DELETE /sites/{id}"] = AnyOf("places:write"),
        ["GET /fences"] = AnyOf("places:read"),
        ["GET /fences/export"] = AnyOf("places:read"),
        ["POST /fences/import"] = AnyOf("places:write"),
        ["GET /fences/{id}"] = AnyOf("places:read"),
        ["PUT /fences/{id}"] = AnyOf("places:write"),
        ["DELETE /fences/{id}"] = AnyOf("places:write"),
        ["GET /beacons"] = AnyOf("places:read"),
        ["GET /beacons/{id}"] = AnyOf("places:read"),
        ["PUT /beacons/{id}"] = AnyOf("places:write"),
        ["DELETE /beacons/{id}"] = AnyOf("places:write"),
        ["GET /places/present"] = AnyOf("places:read"),
        ["POST /names"] = Known,
        ["GET /search"] = Known,
        ["GET /campaigns"] = AnyOf("campaigns:read"),
        ["GET /campaigns/{id}"] = AnyOf("campaigns:read"),
        ["PUT /campaigns/{id}"] = AnyOf("campaigns:write"),
        ["DELETE /campaigns/{id}"] = AnyOf("campaigns:write"),
        ["GET /campaigns/{id}/report"] = AnyOf("campaigns:read", "reports:read"),
        ["GET /offers/{id}"] = OwnOr("offers:read"),
        ["POST /offers/{id}/open"] = OwnOr("offers:write"),
        ["POST /offers/{id}/redeem"] = OwnOr("offers:write"),
        ["GET /conversations"] = AnyOf("conversations:read"),
        ["POST /conversations"] = AnyOf("conversations:write"),
        ["POST /conversations/{id}/merge"] = AnyOf("conversations:write"),
        ["POST /conversations/{id}/transfer"] = AnyOf("conversations:write"),
        ["GET /conversations/counts"] = AnyOf("conversations:read"),
        ["GET /conversations/{id}"] = OwnOr("conversations:read"),
        ["PATCH /conversations/{id}"] = AnyOf("conversations:write"),
        ["POST /attachments"] = AnyOf("conversations:write"),
        ["GET /attachments/{id}"] = OwnOr("conversations:read"),
        ["GET /conversations/{id}/messages"] = OwnOr("conversations:read"),
        ["POST /conversations/{id}/messages"] = OwnOr("conversations:write"),
        ["GET /channels"] = AnyOf("conversations:read", "settings:read"),
        ["GET /channels/{id}"] = AnyOf("conversations:read", "settings:read"),
        ["PUT /channels/{id}"] = AnyOf("settings:write"),
        ["DELETE /channels/{id}"] = AnyOf("settings:write"),
        ["POST /channels/{id}/test"] = AnyOf("settings:write"),
        ["GET /enrollments"] = AnyOf("enrollments:read"),
        ["GET /enrollments/{id}"] = AnyOf("enrollments:read"),
        ["PUT /enrollments/{id}"] = AnyOf("enrollments:write"),
        ["DELETE /enrollments/{id}"] = AnyOf("enrollments:write"),
        ["POST /enrollments/{id}/key"] = AnyOf("enrollments:write"),
        ["GET /enrollments/{id}/registrations"] = AnyOf("enrollments:read"),
        ["GET /dead-letters"] = AnyOf("deadLetters:read"),
        ["GET /cluster"] = AnyOf("cluster:read"),
        ["GET /stream"] = OwnOr(),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>What is for administrators and lies outside of the API's root.</summary>
    public static AccessRule Administration { get; } = AnyOf("settings:read");

    /// <summary>Lets calls of the group through only to whom the table lets make them.</summary>
    public static RouteGroupBuilder AskForRights(this RouteGroupBuilder group, string root)
    {
        group.AddEndpointFilter<RouteGroupBuilder, AccessFilter>();
        ((IEndpointConventionBuilder)group).Add(endpoint => endpoint.Metadata.Add(RuleOf((RouteEndpointBuilder)endpoint, root)));
        return group;
    }

    private static AccessRule AnyOf(params string[] rights) => new(RightSet.Of(rights));

    /// <summary>A customer's app may, too, on what is its own.</summary>
    private static AccessRule OwnOr(params string[] rights) => new(RightSet.Of(rights), Customers: true);

    private static AccessRule RuleOf(RouteEndpointBuilder endpoint, string root)
    {
        string method = endpoint.Metadata.OfType<HttpMethodMetadata>().Last().HttpMethods[0];
        string call = $"{method} {endpoint.RoutePattern.RawText![root.Length..].TrimEnd('/')}";
        return Rules.TryGetValue(call, out AccessRule? rule)
            ? rule
            : throw new InvalidOperationException($"No right is named for {call}; the table is in {nameof(CallRights)}.");
    }
}
