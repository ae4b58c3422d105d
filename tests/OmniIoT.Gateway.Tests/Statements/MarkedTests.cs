using System.Text.RegularExpressions;
using OmniIoT.Mqtt.Protocol;

namespace OmniIoT.Gateway.Tests.Statements;

/// <summary>Which test of a project is held to which statement, by the attributes in its source.</summary>
public sealed partial class MarkedTests
{
    private readonly Dictionary<(ProtocolVersion Version, string Id), SortedSet<string>> _tests = [];

    private MarkedTests() { }

    public IEnumerable<(ProtocolVersion Version, string Id)> All => _tests.Keys;

    public IReadOnlyCollection<string> Of(ProtocolVersion version, string id) =>
        _tests.TryGetValue((version, id), out SortedSet<string>? tests) ? tests : [];

    /// <summary>Reads every test of a folder of sources.</summary>
    public static MarkedTests In(string folder)
    {
        MarkedTests found = new();
        foreach (string file in Directory.EnumerateFiles(folder, "*Tests.cs", SearchOption.AllDirectories))
            found.Read(file);
        return found;
    }

    private void Read(string file)
    {
        List<(ProtocolVersion, string)> pending = [];
        foreach (string line in File.ReadLines(file))
        {
            foreach (Match mark in Mark().Matches(line))
                pending.Add((Enum.Parse<ProtocolVersion>(mark.Groups["version"].Value), mark.Groups["id"].Value));
            if (Method().Match(line) is not { Success: true } method)
                continue;
            foreach ((ProtocolVersion, string) key in pending)
                Add(key, $"{Path.GetFileNameWithoutExtension(file)}.{method.Groups["name"].Value}");
            pending.Clear();
        }
    }

    private void Add((ProtocolVersion, string) key, string test)
    {
        if (!_tests.TryGetValue(key, out SortedSet<string>? tests))
            _tests[key] = tests = new SortedSet<string>(StringComparer.Ordinal);
        tests.Add(test);
    }

    [GeneratedRegex("""Statement\("(?<id>[^"]+)", (ProtocolVersion\.)?(?<version>V311|V5)\)""")]
    private static partial Regex Mark();

    [GeneratedRegex(@"^\s+public (async Task|Task|void) (?<name>\w+)\(")]
    private static partial Regex Method();
}
