using System.Collections.Frozen;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace OmniIoT.Api.Access.Rights;

/// <summary>The one table of what each call asks for. A call that is not in it stops the start.</summary>
internal static class CallRights
{
    /// <summary>Whoever of the company is known: the call looks at the rights itself, or concerns the caller alone.</summary>
    private static readonly AccessRule Known = new(RightSet.None, Reach.Whole);

    private static readonly FrozenDictionary<string, AccessRule> Rules = new Dictionary<string, AccessRule>(StringComparer.Ordinal)
    {
        ["GET /agents"] = AnyOf("people:read", "cases:read").On(Reach.Open),
        ["GET /agents/{id}"] = AnyOf("people:read").On(Reach.Open),
        ["PUT /agents/{id}"] = AnyOf("people:write").On(Reach.Whole),
        ["DELETE /agents/{id}"] = AnyOf("people:write").On(Reach.Whole),
        ["GET /agents/{id}/sessions"] = AnyOf("people:read").On(Reach.Open),
        ["DELETE /agents/{id}/sessions"] = AnyOf("people:write").On(Reach.Whole),
        ["DELETE /agents/{id}/sessions/{sessionId}"] = AnyOf("people:write").On(Reach.Whole),
        ["GET /agents/{id}/presence"] = AnyOf("people:read", "cases:read").On(Reach.Open),
        ["PUT /agents/{id}/presence"] = Known.On(Reach.Open),
        ["DELETE /session"] = Known.On(Reach.Open),
        ["GET /me"] = Known.On(Reach.Open),
        ["GET /me/sessions"] = Known.On(Reach.Open),
        ["DELETE /me/sessions/{id}"] = Known.On(Reach.Open),
        ["PUT /me/password"] = Known.On(Reach.Open),
        ["GET /me/desk"] = Known.On(Reach.Open),
        ["POST /me/desk/offered/{kind}/{id}/decline"] = Known.On(Reach.Open),
        ["GET /me/totp"] = Known.On(Reach.Open),
        ["POST /me/totp"] = Known.On(Reach.Open),
        ["POST /me/totp/confirm"] = Known.On(Reach.Open),
        ["DELETE /me/totp"] = Known.On(Reach.Open),
        ["DELETE /agents/{id}/totp"] = AnyOf("people:write").On(Reach.Whole),
        ["GET /roles"] = AnyOf("people:read").On(Reach.Open),
        ["PUT /roles/{id}"] = AnyOf("people:write").On(Reach.Whole),
        ["DELETE /roles/{id}"] = AnyOf("people:write").On(Reach.Whole),
        ["GET /api-keys"] = AnyOf("keys:read").On(Reach.Whole),
        ["POST /api-keys"] = AnyOf("keys:write").On(Reach.Whole),
        ["DELETE /api-keys/{id}"] = AnyOf("keys:write").On(Reach.Whole),
        ["GET /audit"] = AnyOf("audit:read").On(Reach.Whole),
        ["GET /models"] = AnyOf("models:read").On(Reach.Open),
        ["GET /models/{id}"] = AnyOf("models:read").On(Reach.Open),
        ["PUT /models/{id}"] = AnyOf("models:write").On(Reach.Whole),
        ["DELETE /models/{id}"] = AnyOf("models:write").On(Reach.Whole),
        ["GET /devices"] = AnyOf("devices:read").On(Reach.Asks),
        ["GET /devices/{id}"] = AnyOf("devices:read").On(Reach.Device),
        ["PUT /devices/{id}"] = AnyOf("devices:write").On(Reach.Device),
        ["DELETE /devices/{id}"] = AnyOf("devices:write").On(Reach.Device),
        ["POST /devices/{id}/secret"] = AnyOf("devices:write").On(Reach.Device),
        ["GET /devices/{id}/twin"] = AnyOf("devices:read").On(Reach.Device),
        ["PATCH /devices/{id}/twin/desired"] = AnyOf("commands:write", "devices:write").On(Reach.Device),
        ["GET /devices/{id}/telemetry"] = AnyOf("devices:read").On(Reach.Device),
        ["GET /devices/{id}/telemetry/raw"] = AnyOf("devices:read").On(Reach.Device),
        ["GET /devices/{id}/telemetry/metrics"] = AnyOf("devices:read").On(Reach.Device),
        ["POST /devices/{id}/commands"] = AnyOf("commands:write", "devices:write").On(Reach.Device),
        ["GET /devices/{id}/commands"] = AnyOf("commands:read", "devices:read").On(Reach.Device),
        ["GET /devices/{id}/commands/{commandId}"] = AnyOf("commands:read", "devices:read").On(Reach.Device),
        ["POST /devices/{id}/messages"] = AnyOf("commands:write", "devices:write").On(Reach.Device),
        ["GET /devices/{id}/messages"] = AnyOf("commands:read", "devices:read").On(Reach.Device),
        ["GET /devices/{id}/messages/{messageId}"] = AnyOf("commands:read", "devices:read").On(Reach.Device),
        ["POST /devices/{id}/claim-code"] = AnyOf("customers:write", "devices:write").On(Reach.Device),
        ["POST /devices/{id}/reenroll"] = AnyOf("devices:write").On(Reach.Device),
        ["DELETE /devices/{id}/reenroll"] = AnyOf("devices:write").On(Reach.Device),
        ["GET /devices/{id}/certificates"] = AnyOf("devices:write").On(Reach.Device),
        ["PUT /devices/{id}/certificates/{thumbprint}"] = AnyOf("devices:write").On(Reach.Device),
        ["DELETE /devices/{id}/certificates/{thumbprint}"] = AnyOf("devices:write").On(Reach.Device),
        ["GET /mqtt"] = Known.On(Reach.Open),
        ["GET /alarms"] = AnyOf("alarms:read").On(Reach.Asks),
        ["GET /alarms/{id}"] = AnyOf("alarms:read").On(Reach.Alarm),
        ["POST /alarms/{id}/acknowledge"] = AnyOf("alarms:write").On(Reach.Alarm),
        ["POST /alarms/{id}/clear"] = AnyOf("alarms:write").On(Reach.Alarm),
        ["GET /customers"] = AnyOf("customers:read").On(Reach.Asks),
        ["GET /customers/{id}"] = OwnOr("customers:read").On(Reach.Customer),
        ["PUT /customers/{id}"] = AnyOf("customers:write").On(Reach.Customer),
        ["DELETE /customers/{id}"] = AnyOf("erasures:write").On(Reach.Whole),
        ["POST /customers/{id}/app-token"] = AnyOf("appTokens:write").On(Reach.Whole),
        ["GET /customers/{id}/export"] = OwnOr("exports:read").On(Reach.Whole),
        ["GET /customers/{id}/timeline"] = OwnOr("customers:read").On(Reach.Customer),
        ["POST /customers/{id}/timeline"] = AnyOf("customers:write").On(Reach.Customer),
        ["POST /purchases/import"] = AnyOf("customers:write").On(Reach.Whole),
        ["GET /customers/{id}/visits"] = OwnOr("customers:read").On(Reach.Customer),
        ["GET /customers/{id}/offers"] = OwnOr("customers:read").On(Reach.Customer),
        ["GET /customers/{id}/decisions"] = OwnOr("customers:read").On(Reach.Customer),
        ["POST /customers/{id}/merge"] = AnyOf("customers:write").On(Reach.Customer),
        ["POST /customers/{id}/unmerge"] = AnyOf("customers:write").On(Reach.Customer),
        ["GET /customers/{id}/merge-suggestions"] = AnyOf("customers:read").On(Reach.Customer),
        ["POST /customers/{id}/claims"] = OwnOr("customers:write", "commands:write").On(Reach.Customer),
        ["GET /cases"] = AnyOf("cases:read").On(Reach.Asks),
        ["POST /cases"] = AnyOf("cases:write").On(Reach.Asks),
        ["GET /cases/counts"] = AnyOf("cases:read").On(Reach.Asks),
        ["GET /cases/{id}"] = AnyOf("cases:read").On(Reach.Case),
        ["PATCH /cases/{id}"] = AnyOf("cases:write").On(Reach.Case),
        ["GET /cases/{id}/timeline"] = AnyOf("cases:read").On(Reach.Case),
        ["POST /cases/{id}/resolve"] = AnyOf("cases:write").On(Reach.Case),
        ["POST /cases/{id}/notes"] = AnyOf("cases:write").On(Reach.Case),
        ["GET /queues"] = AnyOf("queues:read", "cases:read", "conversations:read").On(Reach.Asks),
        ["GET /queues/{id}"] = AnyOf("queues:read", "cases:read", "conversations:read").On(Reach.Queue),
        ["PUT /queues/{id}"] = AnyOf("queues:write").On(Reach.Queue),
        ["DELETE /queues/{id}"] = AnyOf("queues:write").On(Reach.Queue),
        ["GET /calendars"] = AnyOf("queues:read").On(Reach.Open),
        ["GET /calendars/{id}"] = AnyOf("queues:read").On(Reach.Open),
        ["PUT /calendars/{id}"] = AnyOf("queues:write").On(Reach.Whole),
        ["DELETE /calendars/{id}"] = AnyOf("queues:write").On(Reach.Whole),
        ["GET /slas"] = AnyOf("queues:read").On(Reach.Open),
        ["GET /slas/{id}"] = AnyOf("queues:read").On(Reach.Open),
        ["PUT /slas/{id}"] = AnyOf("queues:write").On(Reach.Whole),
        ["DELETE /slas/{id}"] = AnyOf("queues:write").On(Reach.Whole),
        ["GET /replies"] = AnyOf("queues:read", "cases:read", "conversations:read").On(Reach.Open),
        ["GET /replies/{id}"] = AnyOf("queues:read", "cases:read", "conversations:read").On(Reach.Open),
        ["PUT /replies/{id}"] = AnyOf("queues:write").On(Reach.Whole),
        ["DELETE /replies/{id}"] = AnyOf("queues:write").On(Reach.Whole),
        ["GET /macros"] = AnyOf("queues:read", "cases:read", "conversations:read").On(Reach.Open),
        ["GET /macros/{id}"] = AnyOf("queues:read", "cases:read", "conversations:read").On(Reach.Open),
        ["PUT /macros/{id}"] = AnyOf("queues:write").On(Reach.Whole),
        ["DELETE /macros/{id}"] = AnyOf("queues:write").On(Reach.Whole),
        ["GET /triggers"] = AnyOf("queues:read").On(Reach.Open),
        ["GET /triggers/{id}"] = AnyOf("queues:read").On(Reach.Open),
        ["PUT /triggers/{id}"] = AnyOf("queues:write").On(Reach.Whole),
        ["DELETE /triggers/{id}"] = AnyOf("queues:write").On(Reach.Whole),
        ["GET /conversations/{id}/replies/{replyId}"] = AnyOf("conversations:read").On(Reach.Conversation),
        ["POST /conversations/{id}/macros/{macroId}"] = AnyOf("conversations:write").On(Reach.Conversation),
        ["POST /cases/{id}/macros/{macroId}"] = AnyOf("cases:write").On(Reach.Case),
        ["GET /articles"] = AnyOf("articles:read").On(Reach.Open),
        ["GET /articles/{id}"] = AnyOf("articles:read").On(Reach.Open),
        ["GET /articles/{id}/versions"] = AnyOf("articles:read").On(Reach.Open),
        ["PUT /articles/{id}"] = AnyOf("articles:write").On(Reach.Whole),
        ["DELETE /articles/{id}"] = AnyOf("articles:write").On(Reach.Whole),
        ["GET /articles/{id}/feedback"] = AnyOf("articles:read").On(Reach.Open),
        ["GET /gaps"] = AnyOf("articles:read").On(Reach.Open),
        ["DELETE /gaps/{id}"] = AnyOf("articles:write").On(Reach.Whole),
        ["GET /bots"] = AnyOf("conversations:read", "settings:read").On(Reach.Open),
        ["GET /bots/{id}"] = AnyOf("conversations:read", "settings:read").On(Reach.Open),
        ["PUT /bots/{id}"] = AnyOf("settings:write").On(Reach.Whole),
        ["DELETE /bots/{id}"] = AnyOf("settings:write").On(Reach.Whole),
        ["POST /bots/{id}/ask"] = AnyOf("conversations:read", "settings:read").On(Reach.Whole),
        ["GET /surveys"] = AnyOf("reports:read", "settings:read").On(Reach.Open),
        ["GET /surveys/{id}"] = AnyOf("reports:read", "settings:read").On(Reach.Open),
        ["PUT /surveys/{id}"] = AnyOf("settings:write").On(Reach.Whole),
        ["DELETE /surveys/{id}"] = AnyOf("settings:write").On(Reach.Whole),
        ["GET /themes"] = AnyOf("reports:read", "settings:read").On(Reach.Open),
        ["GET /themes/{id}"] = AnyOf("reports:read", "settings:read").On(Reach.Open),
        ["PUT /themes/{id}"] = AnyOf("settings:write", "reports:write").On(Reach.Whole),
        ["DELETE /themes/{id}"] = AnyOf("settings:write", "reports:write").On(Reach.Whole),
        ["GET /reports/{name}"] = AnyOf("reports:read").On(Reach.Asks),
        ["GET /voice"] = AnyOf("reports:read").On(Reach.Whole),
        ["GET /sites"] = AnyOf("places:read").On(Reach.Asks),
        ["GET /sites/{id}"] = AnyOf("places:read").On(Reach.Site),
        ["PUT /sites/{id}"] = AnyOf("places:write").On(Reach.Site),
        ["DELETE /sites/{id}"] = AnyOf("places:write").On(Reach.Site),
        ["GET /fences"] = AnyOf("places:read").On(Reach.Asks),
        ["GET /fences/export"] = AnyOf("places:read").On(Reach.Asks),
        ["POST /fences/import"] = AnyOf("places:write").On(Reach.Whole),
        ["GET /fences/{id}"] = AnyOf("places:read").On(Reach.Fence),
        ["PUT /fences/{id}"] = AnyOf("places:write").On(Reach.Fence),
        ["DELETE /fences/{id}"] = AnyOf("places:write").On(Reach.Fence),
        ["GET /beacons"] = AnyOf("places:read").On(Reach.Asks),
        ["GET /beacons/{id}"] = AnyOf("places:read").On(Reach.Beacon),
        ["PUT /beacons/{id}"] = AnyOf("places:write").On(Reach.Beacon),
        ["DELETE /beacons/{id}"] = AnyOf("places:write").On(Reach.Beacon),
        ["GET /places/present"] = AnyOf("places:read").On(Reach.Asks),
        ["POST /names"] = Known.On(Reach.Asks),
        ["GET /search"] = Known.On(Reach.Asks),
        ["GET /campaigns"] = AnyOf("campaigns:read").On(Reach.Open),
        ["GET /campaigns/{id}"] = AnyOf("campaigns:read").On(Reach.Open),
        ["PUT /campaigns/{id}"] = AnyOf("campaigns:write").On(Reach.Whole),
        ["DELETE /campaigns/{id}"] = AnyOf("campaigns:write").On(Reach.Whole),
        ["GET /campaigns/{id}/report"] = AnyOf("campaigns:read", "reports:read").On(Reach.Whole),
        ["GET /offers/{id}"] = OwnOr("offers:read").On(Reach.Asks),
        ["POST /offers/{id}/open"] = OwnOr("offers:write").On(Reach.Asks),
        ["POST /offers/{id}/redeem"] = OwnOr("offers:write").On(Reach.Asks),
        ["GET /conversations"] = AnyOf("conversations:read").On(Reach.Asks),
        ["POST /conversations"] = AnyOf("conversations:write").On(Reach.Asks),
        ["POST /conversations/{id}/merge"] = AnyOf("conversations:write").On(Reach.Conversation),
        ["POST /conversations/{id}/transfer"] = AnyOf("conversations:write").On(Reach.Conversation),
        ["GET /conversations/counts"] = AnyOf("conversations:read").On(Reach.Asks),
        ["GET /conversations/{id}"] = OwnOr("conversations:read").On(Reach.Conversation),
        ["PATCH /conversations/{id}"] = AnyOf("conversations:write").On(Reach.Conversation),
        ["POST /attachments"] = AnyOf("conversations:write").On(Reach.Open),
        ["GET /attachments/{id}"] = OwnOr("conversations:read").On(Reach.Asks),
        ["GET /conversations/{id}/messages"] = OwnOr("conversations:read").On(Reach.Conversation),
        ["POST /conversations/{id}/messages"] = OwnOr("conversations:write").On(Reach.Conversation),
        ["GET /channels"] = AnyOf("conversations:read", "settings:read").On(Reach.Open),
        ["GET /channels/{id}"] = AnyOf("conversations:read", "settings:read").On(Reach.Open),
        ["PUT /channels/{id}"] = AnyOf("settings:write").On(Reach.Whole),
        ["DELETE /channels/{id}"] = AnyOf("settings:write").On(Reach.Whole),
        ["POST /channels/{id}/test"] = AnyOf("settings:write").On(Reach.Whole),
        ["GET /enrollments"] = AnyOf("enrollments:read").On(Reach.Whole),
        ["GET /enrollments/{id}"] = AnyOf("enrollments:read").On(Reach.Whole),
        ["PUT /enrollments/{id}"] = AnyOf("enrollments:write").On(Reach.Whole),
        ["DELETE /enrollments/{id}"] = AnyOf("enrollments:write").On(Reach.Whole),
        ["POST /enrollments/{id}/key"] = AnyOf("enrollments:write").On(Reach.Whole),
        ["GET /enrollments/{id}/registrations"] = AnyOf("enrollments:read").On(Reach.Whole),
        ["GET /dead-letters"] = AnyOf("deadLetters:read").On(Reach.Whole),
        ["GET /cluster"] = AnyOf("cluster:read").On(Reach.Open),
        ["GET /stream"] = OwnOr().On(Reach.Asks),
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

    /// <summary>For whoever has no bounds, until it is said what the call reaches.</summary>
    private static AccessRule AnyOf(params string[] rights) => new(RightSet.Of(rights), Reach.Whole);

    /// <summary>A customer's app may, too, on what is its own.</summary>
    private static AccessRule OwnOr(params string[] rights) => new(RightSet.Of(rights), Reach.Whole, Customers: true);

    private static AccessRule On(this AccessRule rule, Reach reach) => rule with { Reach = reach };

    private static AccessRule RuleOf(RouteEndpointBuilder endpoint, string root)
    {
        string method = endpoint.Metadata.OfType<HttpMethodMetadata>().Last().HttpMethods[0];
        string call = $"{method} {endpoint.RoutePattern.RawText![root.Length..].TrimEnd('/')}";
        return Rules.TryGetValue(call, out AccessRule? rule)
            ? rule
            : throw new InvalidOperationException($"No right is named for {call}; the table is in {nameof(CallRights)}.");
    }
}
