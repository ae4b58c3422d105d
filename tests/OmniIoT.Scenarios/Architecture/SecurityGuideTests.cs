using System.Text.RegularExpressions;
using OmniIoT.TestKit;

namespace OmniIoT.Scenarios.Architecture;

/// <summary>Whoever asks how something is kept safe finds it in docs/security.md, and the tests that hold it there.</summary>
public sealed partial class SecurityGuideTests
{
    /// <summary>Groups in each chapter of the standard, version 5.0.0: from V1.1 to V17.3.</summary>
    private static readonly int[] GroupsOfChapters = [5, 4, 7, 4, 4, 8, 6, 4, 2, 7, 7, 3, 4, 3, 4, 5, 3];

    private static readonly string Guide = File.ReadAllText(Path.Combine(Repository.Root, "docs", "security.md"));

    [Fact]
    public void Every_group_of_the_standard_has_one_row_in_its_order() =>
        Assert.Equal(
            GroupsOfChapters.SelectMany((count, chapter) => Enumerable.Range(1, count).Select(group => $"{chapter + 1}.{group}")),
            GroupRow().Matches(Guide).Select(row => row.Groups["group"].Value)
        );

    [Fact]
    public void A_requirement_stands_in_the_row_of_its_group() =>
        Assert.All(
            GroupRow().Matches(Guide),
            row =>
                Assert.All(
                    Requirement().Matches(row.Groups["says"].Value),
                    named => Assert.StartsWith(row.Groups["group"].Value + ".", named.Value, StringComparison.Ordinal)
                )
        );

    [Fact]
    public void Every_test_that_is_named_is_there()
    {
        string[] named = [.. NamedTest().Matches(Guide).Select(match => match.Value).Distinct()];

        Assert.NotEmpty(named);
        Assert.Empty(named.Except(Tests()));
    }

    /// <summary>By the project without what all have in common, and the class: <c>Gateway.TlsTests</c>.</summary>
    private static IEnumerable<string> Tests() =>
        from path in Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests"), "*.cs", SearchOption.AllDirectories)
        let parts = Path.GetRelativePath(Path.Combine(Repository.Root, "tests"), path).Split(Path.DirectorySeparatorChar)
        where !parts.Contains("obj")
        let project = parts[0].Replace("OmniIoT.", "", StringComparison.Ordinal).Replace(".Tests", "", StringComparison.Ordinal)
        from match in TestClass().Matches(File.ReadAllText(path))
        select $"{project}.{match.Groups["name"].Value}";

    [GeneratedRegex(@"^\| (?<group>\d+\.\d+) [^|]+\|(?<says>.*)$", RegexOptions.Multiline)]
    private static partial Regex GroupRow();

    [GeneratedRegex(@"\b\d+\.\d+\.\d+\b")]
    private static partial Regex Requirement();

    [GeneratedRegex(@"\b[A-Z][A-Za-z]*(\.[A-Z][A-Za-z]*)*\.\w+(Tests|Contract)\b")]
    private static partial Regex NamedTest();

    [GeneratedRegex(@"^public (abstract |sealed |partial )*class (?<name>\w+(Tests|Contract))\b", RegexOptions.Multiline)]
    private static partial Regex TestClass();
}
