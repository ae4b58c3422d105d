using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Unicode;

namespace OmniIoT.Devices.Models;

/// <summary>A model, or every mistake of its document; never both.</summary>
public sealed record DeviceModelResult(DeviceModel? Model, IReadOnlyList<Mistake> Mistakes)
{
    [MemberNotNullWhen(true, nameof(Model))]
    public bool IsValid => Model is not null;
}

/// <summary>Reads a model's JSON; a wrong one is refused whole.</summary>
public static class DeviceModelReader
{
    /// <param name="id">
    /// The id under which the model is stored: the document may leave its own out, and must not name another. Null:
    /// the document names it.
    /// </param>
    /// <param name="textMistakes">
    /// What is wrong with a text that people will read, such as a placeholder that nobody knows. Null: they are not looked at.
    /// </param>
    /// <param name="budget">What the rules may cost; null: whatever they do.</param>
    public static DeviceModelResult Read(
        ReadOnlyMemory<byte> utf8,
        string? id = null,
        Func<string, IEnumerable<string>>? textMistakes = null,
        RuleBudget? budget = null
    )
    {
        if (!Utf8.IsValid(utf8.Span))
            return new(null, [new Mistake("", 1, 1, "The document is not UTF-8.")]);
        try
        {
            using JsonDocument document = JsonDocument.Parse(utf8);
            return new DeviceModelBuilder(utf8, textMistakes, budget).Build(document.RootElement, id);
        }
        catch (InvalidOperationException)
        {
            return new(null, [new Mistake("", 1, 1, "A text of the document has an escape that is no character.")]);
        }
        catch (JsonException e)
        {
            return new(null, [NotJson(utf8.Span, e)]);
        }
    }

    private static Mistake NotJson(ReadOnlySpan<byte> utf8, JsonException e)
    {
        int lineStart = 0;
        for (long line = e.LineNumber ?? 0; line > 0; line--)
            lineStart += utf8[lineStart..].IndexOf((byte)'\n') + 1;
        (int at, int column) = JsonPlaces.At(utf8, lineStart + (int)(e.BytePositionInLine ?? 0));
        int details = e.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return new Mistake("", at, column, $"Not JSON: {(details < 0 ? e.Message : e.Message[..details])}");
    }
}
