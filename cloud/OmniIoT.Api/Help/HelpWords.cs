using System.Text.Json;

namespace OmniIoT.Api.Help;

/// <summary>What the help pages say beside their articles, in the five languages.</summary>
internal static class HelpWords
{
    private const string Resource = "help.json";

    private static readonly Dictionary<string, Dictionary<string, string>> Words = Read();

    public static string Of(string key, string locale) => Words[key][locale];

    private static Dictionary<string, Dictionary<string, string>> Read()
    {
        using Stream stream = typeof(HelpWords).Assembly.GetManifestResourceStream(Resource)!;
        return JsonSerializer.Deserialize<Dictionary<string, Dictionary<string, string>>>(stream)!;
    }
}
