using System.Text.Json;

namespace OmniIoT.Api.Pages;

/// <summary>What pages for customers say by themselves, in the five languages.</summary>
internal static class PageWords
{
    private const string Resource = "pages.json";

    private static readonly Dictionary<string, Dictionary<string, string>> Words = Read();

    public static string Of(string key, string locale) => Words[key][locale];

    private static Dictionary<string, Dictionary<string, string>> Read()
    {
        using Stream stream = typeof(PageWords).Assembly.GetManifestResourceStream(Resource)!;
        return JsonSerializer.Deserialize<Dictionary<string, Dictionary<string, string>>>(stream)!;
    }
}
