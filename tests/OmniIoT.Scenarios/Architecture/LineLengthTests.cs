using System.Text.RegularExpressions;
using OmniIoT.TestKit;

namespace OmniIoT.Scenarios.Architecture;

/// <summary>Code fits a window beside another: what the formatter cannot break, comments above all, is broken by hand.</summary>
public sealed partial class LineLengthTests
{
    private const int Columns = 140;

    [Fact]
    public void No_line_is_longer_than_its_text_makes_it() =>
        Assert.Empty(
            from folder in new[] { "devices", "cloud", "edge", "simulators", "tests" }
            from path in Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.cs", SearchOption.AllDirectories)
            where !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
            from line in File.ReadLines(path).Index()
            where IsTooLong(line.Item)
            select $"{Path.GetRelativePath(Repository.Root, path)}:{line.Index + 1}"
        );

    /// <summary>What stands between quotation marks is read as it is; raw literals are not looked into.</summary>
    private static bool IsTooLong(string line) =>
        line.Length > Columns && !line.Contains("\"\"\"", StringComparison.Ordinal) && Literal().Replace(line, "").Length > Columns;

    [GeneratedRegex(
        """
            "(\\.|[^"\\])*"
            """
    )]
    private static partial Regex Literal();
}
