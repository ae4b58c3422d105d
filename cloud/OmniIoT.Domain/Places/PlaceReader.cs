using System.Text.Json;
using OmniIoT.Domain.Text;

namespace OmniIoT.Domain.Places;

/// <summary>Reads sites and beacons from JSON; each is accepted, or refused whole with every mistake.</summary>
public static class PlaceReader
{
    private const int MaxLength = 200;

    /// <summary>Reads <c>{"name"}</c>; the name may be missing and is then the id.</summary>
    public static DocumentReading<Site> ReadSite(string id, JsonElement document) =>
        Read(document, ["id", "name"], fields => new Site(id, fields.Text("name", MaxLength) ?? id));

    /// <summary>Reads <c>{"siteId","name","zone"}</c>.</summary>
    /// <param name="id"><c>uuid:major:minor</c> in any spelling, major and minor 0–65,535.</param>
    public static DocumentReading<Beacon> ReadBeacon(string id, JsonElement document) =>
        Read(
            document,
            ["id", "siteId", "name", "zone"],
            fields =>
            {
                if (!BeaconId.TryParse(id, out string? canonical))
                    fields.RefuseAs("id", MistakeKinds.BeaconId);
                return new Beacon(
                    canonical ?? id,
                    fields.RequiredText("siteId", MaxLength) ?? "",
                    fields.Text("name", MaxLength),
                    fields.Text("zone", MaxLength)
                );
            }
        );

    private static DocumentReading<T> Read<T>(JsonElement document, string[] known, Func<JsonFields, T> read)
        where T : class
    {
        List<FieldMistake> mistakes = [];
        JsonFields? fields = JsonFields.Of(document, "", mistakes);
        fields?.RefuseOthers(known);
        T? value = fields is null ? null : read(fields);
        return value is null || mistakes.Count > 0 ? DocumentReading.Refused<T>(mistakes) : DocumentReading.Of(value);
    }
}
