using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using OmniIoT.Devices;
using OmniIoT.Devices.Time;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Search;

namespace OmniIoT.Domain.Answers;

/// <summary>A question that nothing answered.</summary>
/// <param name="Question">Without what may tell who asked: words with digits or an at sign, and their own name, are left out.</param>
/// <param name="At">When it was asked last.</param>
/// <param name="Source"><c>bot</c> or <c>help</c>.</param>
public sealed record Gap(string Question, string Locale, Instant At, string Source)
{
    public const string OfBot = "bot";
    public const string OfHelp = "help";

    private const int MaxLength = 200;

    // Places for 65,536 of them: whatever strangers ask, no more are kept. Where two share one, the later question stands in it.
    private const int IdBytes = 2;

    /// <summary>Notes it: the same words in the same language are one gap, whatever their case. Null when nothing is left of it.</summary>
    /// <param name="names">Of who asks: they outlive nobody's erasure. Null: they are not known.</param>
    public static PutDocument? Note(string question, string locale, Instant now, string source, string? names = null)
    {
        HashSet<string> told = [.. SearchText.Words(names ?? "")];
        IEnumerable<string> words = question
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            .Where(word => !word.Any(static letter => char.IsDigit(letter) || letter == '@') && !told.Overlaps(SearchText.Words(word)));
        string kept = TextCut.Beginning(string.Join(' ', words), MaxLength);
        string folded = string.Join(' ', SearchText.Words(kept));
        if (folded.Length == 0)
            return null;
        byte[] digest = SHA256.HashData(Encoding.UTF8.GetBytes($"{locale}\n{folded}"));
        return new PutDocument(
            DocumentKind.Gap,
            Convert.ToHexStringLower(digest.AsSpan(0, IdBytes)),
            JsonSerializer.SerializeToUtf8Bytes(new Gap(kept, locale, now, source), OmniJson.Options)
        );
    }
}
