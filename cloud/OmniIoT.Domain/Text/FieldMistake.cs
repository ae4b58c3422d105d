namespace OmniIoT.Domain.Text;

/// <summary>One thing wrong with a JSON document that was refused whole; unlike a rule it needs no line and column.</summary>
/// <param name="Pointer">Where it stands: an RFC 6901 JSON pointer, empty for the whole document.</param>
/// <param name="Message">What is wrong and what is allowed, as one English sentence without a full stop.</param>
public sealed record FieldMistake(string Pointer, string Message)
{
    public FieldMistake(string pointer, Sentence says)
        : this(pointer, says.English()) => Says = says;

    /// <summary>The message as kind and values; null where it is for programs' authors only.</summary>
    public Sentence? Says { get; }

    /// <summary>Two are one that say the same of the same place.</summary>
    public bool Equals(FieldMistake? other) => other is not null && (Pointer, Message) == (other.Pointer, other.Message);

    public override int GetHashCode() => HashCode.Combine(Pointer, Message);
}
