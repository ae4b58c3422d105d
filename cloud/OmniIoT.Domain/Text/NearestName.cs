using OmniIoT.Devices;

namespace OmniIoT.Domain.Text;

/// <summary>Says of a name that nobody knows which known one was probably meant.</summary>
public static class NearestName
{
    /// <summary>Of a longer name the beginning is compared: what it costs grows with the length.</summary>
    private const int MostCompared = 64;

    /// <summary>What is wrong with a name of a document of which so many mistakes are told already that nobody reads on.</summary>
    public const string Unexplained = "is not known here";

    /// <summary>What is wrong with the name, in words that follow its pointer.</summary>
    public static string Explain(string name, IReadOnlyCollection<string> known) =>
        Among(known, name) is { } nearest
            ? $"is not known here; the nearest is {nearest}, known are {string.Join(", ", known)}"
            : "is not known here; nothing is";

    /// <summary>The known name that takes the fewest changes of letters, their case aside; null when none is known.</summary>
    public static string? Among(IEnumerable<string> known, string name) =>
        known.MinBy(one => Distance(one.ToUpperInvariant(), Beginning(name).ToUpperInvariant()));

    private static string Beginning(string name) => TextCut.Beginning(name, MostCompared);

    // Insertions, deletions, replacements and swaps of neighbours (optimal string alignment), over three rows of the table.
    private static int Distance(string a, string b)
    {
        int[] before = new int[b.Length + 1];
        int[] above = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int[] row = new int[b.Length + 1];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                row[j] = Math.Min(Math.Min(above[j], row[j - 1]) + 1, above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    row[j] = Math.Min(row[j], before[j - 2] + 1);
            }
            (before, above) = (above, row);
        }
        return above[b.Length];
    }
}
