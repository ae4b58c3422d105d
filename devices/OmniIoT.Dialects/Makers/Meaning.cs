using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using OmniIoT.Devices.Time;

namespace OmniIoT.Dialects.Makers;

/// <summary>A message in our own words.</summary>
/// <param name="Child">What the device that signed in calls the one behind it that is meant; null: itself.</param>
/// <param name="Below">Topic below the device's root.</param>
public sealed record NativeMessage(string? Child, string Below, byte[] Payload);

/// <summary>Which open command a message may answer.</summary>
/// <param name="Judge">Asked for each, oldest first, until one gives a result.</param>
public sealed record Answer(string? Child, Func<OpenCommand, CommandResult?> Judge);

/// <summary>A device behind the one that signed in is there, or is not.</summary>
public sealed record ChildSeen(string Child, bool IsThere);

/// <summary>A device wants to know its twin.</summary>
/// <param name="Reply">Of the desired and the reported properties.</param>
public sealed record TwinQuestion(Func<JsonObject, JsonObject, Said> Reply);

/// <summary>What a message of a maker's device means here; nothing at all is a meaning too.</summary>
public sealed class Meaning
{
    private readonly List<NativeMessage> _messages = [];
    private readonly List<Answer> _answers = [];
    private readonly List<ChildSeen> _children = [];

    /// <summary>Why it is not understood; null when it is.</summary>
    public string? Mistake { get; private init; }

    public IReadOnlyList<NativeMessage> Messages => _messages;

    public IReadOnlyList<Answer> MayAnswer => _answers;

    /// <summary>Devices behind it that came or went.</summary>
    public IReadOnlyList<ChildSeen> Children => _children;

    /// <summary>Whether it says something of devices behind the one that signed in.</summary>
    public bool ConcernsChildren =>
        _children.Count > 0
        || _messages.Exists(message => message.Child is not null)
        || _answers.Exists(answer => answer.Child is not null);

    public TwinQuestion? Question { get; private set; }

    public static Meaning NotUnderstood(string mistake) => new() { Mistake = mistake };

    /// <summary>Measured values: nested objects as <c>a.b</c>, arrays as <c>a.0</c>.</summary>
    /// <param name="at">Null: at their arrival.</param>
    public Meaning Measured(JsonElement values, Instant? at = null, string? child = null) => Measured(FlatMetrics.Of(values), at, child);

    /// <inheritdoc cref="Measured(JsonElement, Instant?, string?)"/>
    public Meaning Measured(JsonObject flat, Instant? at = null, string? child = null)
    {
        if (flat.Count == 0)
            return this;
        JsonObject point = [];
        if (at is { } time)
            point["ts"] = time.UnixMilliseconds;
        point["values"] = flat;
        return Add(child, "telemetry", point);
    }

    /// <summary>A merge patch of the reported properties.</summary>
    public Meaning Reported(JsonObject patch, string? child = null) => patch.Count == 0 ? this : Add(child, "twin/reported", patch);

    public Meaning Located(JsonObject location) => Add(null, "location", location);

    public Meaning Happened(string type, string? code, string? message, Instant? at = null)
    {
        JsonObject happened = new() { ["type"] = type };
        if (at is { } time)
            happened["ts"] = time.UnixMilliseconds;
        if (code is not null)
            happened["code"] = code;
        if (message is not null)
            happened["message"] = message;
        return Add(null, "events", happened);
    }

    public Meaning Answers(Func<OpenCommand, CommandResult?> judge, string? child = null)
    {
        _answers.Add(new Answer(child, judge));
        return this;
    }

    public Meaning Sees(string child, bool isThere)
    {
        _children.Add(new ChildSeen(child, isThere));
        return this;
    }

    public Meaning Asks(TwinQuestion question)
    {
        Question = question;
        return this;
    }

    private Meaning Add(string? child, string below, JsonObject payload)
    {
        _messages.Add(new NativeMessage(child, below, Encoding.UTF8.GetBytes(payload.ToJsonString(MakerJson.Written))));
        return this;
    }
}
