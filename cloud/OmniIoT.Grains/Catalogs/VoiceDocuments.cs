using System.Text.Json;
using OmniIoT.Domain.Voice;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Grains.Catalogs;

/// <summary>Reads stored surveys and themes; null: one that is not understood.</summary>
internal static class VoiceDocuments
{
    public static Survey? ReadSurvey(Document document)
    {
        using JsonDocument json = JsonDocument.Parse(document.Json);
        return SurveyReader.Read(document.Id, json.RootElement).Value;
    }

    public static Theme? ReadTheme(Document document)
    {
        using JsonDocument json = JsonDocument.Parse(document.Json);
        return ThemeReader.Read(document.Id, json.RootElement).Value;
    }
}
