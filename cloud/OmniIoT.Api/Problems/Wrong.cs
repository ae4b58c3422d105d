using OmniIoT.Domain.Text;

namespace OmniIoT.Api.Problems;

/// <summary>The mistakes that bodies share, as sentences that a console can say in its reader's language.</summary>
internal static class Wrong
{
    public static Sentence Missing => Sentence.Of(MistakeKinds.Missing);

    public static Sentence Empty => Sentence.Of(MistakeKinds.Empty);

    public static Sentence TooLong(int max) => Sentence.Of(MistakeKinds.TooLong, ("max", max));

    public static Sentence Length(int max) => Sentence.Of(MistakeKinds.Length, ("min", 1), ("max", max));

    public static Sentence TooMany(int max) => Sentence.Of(MistakeKinds.TooMany, ("max", max));

    public static Sentence Unknown(string what, string? id) => Sentence.Of(MistakeKinds.Unknown, ("what", what), ("id", id));
}
