using System.Text.Json;
using System.Text.Json.Nodes;
using OmniIoT.Domain.Desk.Automation;

namespace OmniIoT.Api.Desk;

/// <param name="Text">With {{customer.name}}, {{device.name}}, {{device.values.temperature}}, {{case.number}}, {{agent.name}}.</param>
/// <param name="Shortcut">What finds it after a slash; missing: its title only.</param>
public sealed record CannedReplyBody(string? Title, string? Text, string? Shortcut);

/// <param name="Text">Ready to be sent: names and values are filled in.</param>
public sealed record FilledReply(string Text);

/// <param name="Actions">1 to 20, each with exactly one member.</param>
public sealed record MacroBody(string? Title, IReadOnlyList<ActionBody>? Actions);

/// <param name="On">conversation.opened, message.received, case.opened, case.updated, sla.warning, sla.breached or time.</param>
/// <param name="Conditions">All have to hold; missing: none.</param>
/// <param name="Order">Of two the lower goes first; missing: 0.</param>
/// <param name="Enabled">Missing: true.</param>
public sealed record TriggerBody(
    string? Title,
    string? On,
    IReadOnlyList<ConditionBody>? Conditions,
    IReadOnlyList<ActionBody>? Actions,
    int? Order,
    bool? Enabled
);

/// <param name="Value">A text, a number, true or false; for in an array.</param>
public sealed record ConditionBody(string? Field, TriggerOperator? Op, JsonNode? Value);

/// <param name="Reply">Words to the customer, or the id of a canned reply.</param>
/// <param name="Note">Words for the company only.</param>
/// <param name="Command">Of the device that it is about.</param>
/// <param name="Resolve">true, the resolution's words, or an object with resolution. A conversation is closed.</param>
public sealed record ActionBody(
    string? Reply,
    string? Note,
    SetFields? Set,
    CommandOrder? Command,
    JsonElement? Resolve,
    TransferOrder? Transfer
);
