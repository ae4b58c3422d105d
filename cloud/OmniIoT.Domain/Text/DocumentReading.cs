using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace OmniIoT.Domain.Text;

/// <summary>What came of reading a document: the value, or every mistake that was found in it, never both.</summary>
public sealed class DocumentReading<T>
    where T : class
{
    internal DocumentReading(T? value, IReadOnlyList<FieldMistake> mistakes) => (Value, Mistakes) = (value, mistakes);

    /// <summary>The value; null when there are mistakes.</summary>
    public T? Value { get; }

    /// <summary>Every mistake in the order of the document; empty when the document was accepted.</summary>
    public IReadOnlyList<FieldMistake> Mistakes { get; }

    [MemberNotNullWhen(true, nameof(Value))]
    public bool Accepted => Value is not null;
}

/// <summary>Makes readings.</summary>
public static class DocumentReading
{
    public static DocumentReading<T> Of<T>(T value)
        where T : class => new(value, []);

    public static DocumentReading<T> Refused<T>(IReadOnlyList<FieldMistake> mistakes)
        where T : class =>
        mistakes.Count > 0 ? new(null, mistakes) : throw new ArgumentException("A refusal names its mistakes.", nameof(mistakes));

    /// <summary>Reads an object that may have these properties only: accepted, or refused whole with every mistake.</summary>
    internal static DocumentReading<T> Of<T>(JsonElement document, string[] known, Func<JsonFields, T?> read)
        where T : class
    {
        List<FieldMistake> mistakes = [];
        JsonFields? fields = JsonFields.Of(document, "", mistakes);
        fields?.RefuseOthers(known);
        T? value = fields is null ? null : read(fields);
        return value is null || mistakes.Count > 0 ? Refused<T>(mistakes) : Of(value);
    }
}
