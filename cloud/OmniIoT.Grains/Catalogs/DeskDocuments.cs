using System.Text.Json;
using OmniIoT.Domain.Desk;
using OmniIoT.Domain.Desk.Automation;
using OmniIoT.Domain.Desk.Calendars;
using OmniIoT.Domain.Desk.Routing;
using OmniIoT.Domain.Desk.Sla;
using OmniIoT.Domain.Text;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Grains.Catalogs;

/// <summary>Reads the stored documents of the desk; null: one that is not understood.</summary>
internal static class DeskDocuments
{
    public static Queue? ReadQueue(Document document) => Read(document, DeskReader.ReadQueue);

    public static SlaPolicy? ReadSla(Document document) => Read(document, DeskReader.ReadSla);

    public static WorkingCalendar? ReadCalendar(Document document) => Read(document, DeskReader.ReadCalendar);

    public static Trigger? ReadTrigger(Document document) => Read(document, AutomationReader.ReadTrigger);

    public static CannedReply? ReadReply(Document document) => Read(document, AutomationReader.ReadReply);

    private static T? Read<T>(Document document, Func<string, JsonElement, DocumentReading<T>> read)
        where T : class
    {
        using JsonDocument json = JsonDocument.Parse(document.Json);
        return read(document.Id, json.RootElement).Value;
    }
}
