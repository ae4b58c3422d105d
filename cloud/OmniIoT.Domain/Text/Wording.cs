using System.Text.Json.Nodes;

namespace OmniIoT.Domain.Text;

/// <summary>Words for people: of a person, a device or a template as they are, or sentences of the platform.</summary>
/// <param name="Text">In English where the platform says it; null: none.</param>
/// <param name="Sentences">What the text is made of; empty where somebody else wrote it.</param>
public readonly record struct Wording(string? Text, IReadOnlyList<Sentence> Sentences)
{
    public IReadOnlyList<Sentence> Sentences
    {
        get => field ?? [];
    } = Sentences;

    public static Wording None { get; } = new(null, []);

    public static implicit operator Wording(string? text) => new(text, []);

    public static implicit operator Wording(Sentence? sentence) => sentence is null ? None : Of([sentence]);

    /// <summary>Several, with semicolons between them; none is no text.</summary>
    public static Wording Of(IReadOnlyList<Sentence> sentences) =>
        sentences.Count == 0 ? None : new(string.Join("; ", sentences.Select(sentence => sentence.English())), sentences);

    /// <summary>Its sentences as others read them; null where it has none.</summary>
    public JsonArray? ToJson() =>
        Sentences.Count == 0
            ? null
            : new JsonArray([
                .. Sentences.Select(sentence => new JsonObject { ["kind"] = sentence.Kind, ["values"] = sentence.Values.DeepClone() }),
            ]);
}
