using System.Text;
using System.Text.Json.Nodes;

namespace OmniIoT.Dialects.Makers;

/// <summary>
/// A signed-in device as one maker's software speaks: which topics it may use, what its messages mean, how it is asked for something.
/// It may remember what it heard; whoever calls it does so one at a time.
/// </summary>
/// <param name="id">Of the device that signed in.</param>
public abstract class MakerDevice(string id)
{
    /// <summary>Of the device that signed in.</summary>
    public string Id { get; } = id;

    protected byte[] IdUtf8 { get; } = Encoding.UTF8.GetBytes(id);

    /// <summary>
    /// Whether a topic, or the part of a filter that topics are matched with, is one of its words: of this device, never of another.
    /// </summary>
    public abstract bool Speaks(ReadOnlySpan<byte> topic);

    /// <summary>What a message says.</summary>
    /// <exception cref="System.Text.Json.JsonException">The payload is not JSON where it has to be.</exception>
    /// <exception cref="InvalidOperationException">A member is of another kind than it has to be.</exception>
    public abstract Meaning Read(string topic, ReadOnlySpan<byte> payload);

    /// <summary>How it is asked for a command; null when there are no words for it.</summary>
    /// <param name="child">What it calls the device behind it that is meant; null: itself.</param>
    public abstract Said? Ask(string? child, OpenCommand command);

    /// <summary>How it is told of a change of the desired properties; null when there are no words for it.</summary>
    /// <param name="change">JSON merge patch; null removes.</param>
    public virtual Said? Tell(JsonObject change) => null;

    /// <summary>Whether it said something that it may not say again when it comes back, so that it is to be remembered.</summary>
    public virtual bool IsRemembered => false;

    /// <summary>It subscribed; what it is told at once, null nothing.</summary>
    public virtual Said? Subscribed(string filter) => null;

    /// <summary>What stands behind a prefix and the device's id in a topic; empty when the topic does not begin so.</summary>
    protected static string Below(string topic, string root) =>
        topic.StartsWith(root, StringComparison.Ordinal) ? topic[root.Length..] : "";
}
