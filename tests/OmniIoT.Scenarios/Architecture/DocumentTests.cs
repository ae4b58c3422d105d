using System.Text.Json;
using System.Text.RegularExpressions;
using OmniIoT.TestKit;

namespace OmniIoT.Scenarios.Architecture;

/// <summary>What the documents name is there: types, calls, settings, files.</summary>
public sealed partial class DocumentTests
{
    private static readonly string[] Rooms = ["cloud", "devices", "edge", "simulators", "tests", "deploy"];

    public static TheoryData<string> Documents =>
        [
            "README.md",
            "ARCHITECTURE.md",
            "CONTRIBUTING.md",
            .. Directory
                .EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md", SearchOption.AllDirectories)
                .Select(path => Path.GetRelativePath(Repository.Root, path)),
        ];

    [Theory]
    [MemberData(nameof(Documents))]
    public void A_type_that_is_named_is_in_the_sources(string document)
    {
        string[] named = [.. Quoted(document).SelectMany(words => TypeName().Matches(words)).Select(match => match.Value).Distinct()];

        Assert.DoesNotContain(named, name => !Elsewhere.Contains(name) && !Sources.Value.Contains(name));
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void A_call_that_is_named_is_in_the_description_of_the_calls(string document)
    {
        (string Verb, string Path)[] named =
        [
            .. Quoted(document).SelectMany(words => Call().Matches(words)).Select(match => (match.Groups[1].Value, match.Groups[2].Value)),
        ];

        Assert.DoesNotContain(named, call => !Calls.Value.Any(known => known.Verb == call.Verb && known.Path.IsMatch(call.Path)));
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void A_setting_that_is_named_is_one_of_the_host(string document)
    {
        string[] named =
        [
            .. SettingKey().Matches(Text(document)).Select(match => match.Groups[1].Value.Replace("__", ":", StringComparison.Ordinal)),
        ];

        Assert.DoesNotContain(named, key => !Settings.Value.Contains($"\"{key}\"", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void A_file_that_is_linked_is_there(string document)
    {
        string folder = Path.GetDirectoryName(Path.Combine(Repository.Root, document))!;

        Assert.DoesNotContain(
            Link().Matches(Text(document)).Select(match => match.Groups[1].Value),
            link => !Path.Exists(Path.Combine(folder, link))
        );
    }

    /// <summary>Names of others' programs, which the documents explain.</summary>
    private static readonly HashSet<string> Elsewhere = new(StringComparer.Ordinal)
    {
        "BannedSymbols",
        "VerifyFull",
        "NuGetAudit",
        "LimitNOFILE",
        "MembershipService",
        "MembershipAgent",
        "MembershipTableManager",
        "GrainDirectory",
    };

    private static Lazy<HashSet<string>> Sources { get; } =
        new(() =>
            [
                .. from room in Rooms
                from path in Directory.EnumerateFiles(Path.Combine(Repository.Root, room), "*.*", SearchOption.AllDirectories)
                where Path.GetExtension(path) is ".cs" or ".csproj" or ".ts" or ".tsx" or ".yml"
                where !path.Contains("/node_modules/", StringComparison.Ordinal) && !path.Contains("/obj/", StringComparison.Ordinal)
                from word in Word()
                    .Matches(File.ReadAllText(path))
                    .Select(match => match.Value)
                    .Append(Path.GetFileNameWithoutExtension(path))
                select word,
            ]
        );

    private static Lazy<string> Settings { get; } =
        new(() =>
            string.Concat(Directory.EnumerateFiles(Path.Combine(Repository.Root, "cloud", "OmniIoT.Host"), "*.cs").Select(File.ReadAllText))
        );

    private static Lazy<(string Verb, Regex Path)[]> Calls { get; } =
        new(() =>
        {
            using JsonDocument description = JsonDocument.Parse(
                File.ReadAllText(Path.Combine(Repository.Root, "cloud", "OmniIoT.Api", "openapi.json"))
            );
            return
            [
                .. from path in description.RootElement.GetProperty("paths").EnumerateObject()
                from verb in path.Value.EnumerateObject()
                let parts = path.Name.Replace("/api/v1", "", StringComparison.Ordinal).Split('/')
                let pattern = string.Join('/', parts.Select(part => part.StartsWith('{') ? "[^/]+" : Regex.Escape(part)))
                select (verb.Name.ToUpperInvariant(), new Regex($"^{pattern}$")),
            ];
        });

    private static string Text(string document) => File.ReadAllText(Path.Combine(Repository.Root, document));

    private static IEnumerable<string> Quoted(string document) =>
        Code().Matches(Block().Replace(Text(document), "")).Select(match => match.Groups[1].Value);

    [GeneratedRegex("```.*?```", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex("`([^`\n]+)`")]
    private static partial Regex Code();

    [GeneratedRegex(@"\b[A-Z][a-z]+(?:[A-Z][A-Za-z0-9]*)+\b")]
    private static partial Regex TypeName();

    [GeneratedRegex(@"\w+")]
    private static partial Regex Word();

    [GeneratedRegex(@"\b(GET|PUT|POST|PATCH|DELETE) …?(?:/api/v1)?(/[^\s?,;…]*)")]
    private static partial Regex Call();

    [GeneratedRegex(@"\bOmniIoT(?::|__)([A-Z][A-Za-z0-9]*(?:(?::|__)[A-Z][A-Za-z0-9]*)*)")]
    private static partial Regex SettingKey();

    [GeneratedRegex(@"\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)")]
    private static partial Regex Link();
}
