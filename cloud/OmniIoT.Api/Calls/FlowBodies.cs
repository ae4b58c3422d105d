using System.Text.Json;
using OmniIoT.Devices.Time;
using OmniIoT.Domain.Calls;

namespace OmniIoT.Api.Calls;

/// <param name="Start">The node with which calls begin.</param>
/// <param name="Nodes">By id, at most 200.</param>
public sealed record FlowBody(string? Name, string Start, IReadOnlyDictionary<string, FlowNodeBody> Nodes);

/// <summary>Does one of <c>say gather branch sayDeviceStatus queue callback sendLink voicemail hangup</c>.</summary>
/// <param name="Say">A text, or one by language.</param>
/// <param name="Gather"><c>{"digits","speech","choices":{"1":{"next","words"}},"again","tries","exhausted"}</c>.</param>
/// <param name="Branch"><c>[{"when":"device.health == 'major'","next"}]</c>; <c>otherwise</c> stands beside it.</param>
/// <param name="Queue">The queue's id; <c>music</c> stands beside it.</param>
/// <param name="Next">The node that comes next.</param>
public sealed record FlowNodeBody(JsonElement? Say, JsonElement? Gather, IReadOnlyList<FlowWayBody>? Branch, string? Queue, string? Next)
{
    public string? Otherwise { get; init; }

    /// <summary>An address; null is silence, missing the provider's own.</summary>
    public string? Music { get; init; }

    public bool? SayDeviceStatus { get; init; }

    /// <summary><c>{"queue"}</c>.</summary>
    public JsonElement? Callback { get; init; }

    /// <summary><c>{"channel":"sms","to":"chat","text":{}}</c>; <c>{link}</c> in the text is the link, else it stands at the end.</summary>
    public JsonElement? SendLink { get; init; }

    /// <summary><c>{"queue"}</c>.</summary>
    public JsonElement? Voicemail { get; init; }

    public bool? Hangup { get; init; }
}

/// <param name="When">
/// A comparison as in rules, of <c>device.* customer.* case.* queue.waiting queue.oldestWaitSeconds calendar.open</c>.
/// </param>
public sealed record FlowWayBody(string When, string Next);

/// <summary>A flow as it was once written.</summary>
public sealed record FlowVersionView(string Id, string FlowId, Instant At, string Actor, JsonElement Flow);

/// <param name="From">The caller's number; null: nobody that is known.</param>
/// <param name="Inputs">Keys or words, one for each turn, at most 100; an empty one is silence.</param>
/// <param name="Locale">The caller's language; missing: the customer's, else English.</param>
/// <param name="Flow">Tried in the place of what is stored, which need not be there; missing: what is stored.</param>
public sealed record SimulationBody(string? From, IReadOnlyList<string>? Inputs, string? Locale, JsonElement? Flow = null);

public sealed record SimulationView(IReadOnlyList<SimulationStep> Steps);

/// <param name="Input">What the caller did; null: they called.</param>
/// <param name="Path">The nodes that the call went through.</param>
/// <param name="Node">Where it is then.</param>
/// <param name="Acts">What is heard and done, in order.</param>
/// <param name="Twiml">The same as the provider is answered.</param>
public sealed record SimulationStep(string? Input, IReadOnlyList<string> Path, string Node, IReadOnlyList<CallAct> Acts, string Twiml);
