using System.Collections.Frozen;
using System.Text.Json;
using OmniIoT.Domain.Places;
using OmniIoT.Domain.Text;

namespace OmniIoT.Domain.Campaigns;

/// <summary>
/// Reads a campaign from JSON. Name, trigger and content are required; everything else may be missing or null. A campaign
/// without places is read, as a draft that never triggers, when it says nothing of places; when it names none it is refused.
/// </summary>
public static class CampaignParser
{
    private const int MaxNameLength = 200;
    private const int MaxTextLength = 4096;

    // A hundred years: beyond it adding to a time could overflow, and nobody means it.
    private const double MaxMinutes = 100 * 366 * 24 * 60;

    private static readonly FrozenSet<DayOfWeek> EveryDay = Enum.GetValues<DayOfWeek>().ToFrozenSet();

    /// <summary>Reads the campaign.</summary>
    /// <param name="id">Its id, from the address; an <c>id</c> in the document must be the same.</param>
    /// <param name="document">The JSON.</param>
    public static DocumentReading<Campaign> Read(string id, JsonElement document)
    {
        List<FieldMistake> mistakes = [];
        JsonFields? fields = JsonFields.Of(document, "", mistakes);
        if (fields is null)
            return DocumentReading.Refused<Campaign>(mistakes);

        fields.RefuseOthers(
            "id",
            "name",
            "fenceIds",
            "beaconIds",
            "trigger",
            "dwellMinutes",
            "audience",
            "startsAt",
            "endsAt",
            "hours",
            "caps",
            "cooldownMinutes",
            "holdoutPercent",
            "budget",
            "suppressOn",
            "content",
            "expiresMinutes"
        );
        if (fields.Text("id", MaxNameLength) is { } stated && stated != id)
            fields.Refuse("id", $"must be \"{id}\", the id in the address");

        Campaign campaign = new()
        {
            Id = id,
            Name = fields.RequiredText("name", MaxNameLength) ?? "",
            FenceIds = fields.Texts("fenceIds"),
            BeaconIds = [.. fields.Texts("beaconIds").Select(BeaconId.Canonical).Distinct()],
            Trigger = fields.Choice("trigger", required: true, Enum.GetValues<CampaignTrigger>()) ?? default,
            Dwell = fields.Minutes("dwellMinutes", 0, MaxMinutes) ?? TimeSpan.Zero,
            Audience = ReadAudience(fields.Object("audience")),
            StartsAt = fields.Time("startsAt"),
            EndsAt = fields.Time("endsAt"),
            Hours = ReadHours(fields.Object("hours")),
            Cap = ReadCap(fields.Object("caps")),
            Cooldown = fields.Minutes("cooldownMinutes", 0, MaxMinutes) ?? TimeSpan.Zero,
            HoldoutPercent = fields.Number("holdoutPercent", 0, 100) ?? 0,
            Budget = fields.Whole("budget", 0, long.MaxValue),
            SuppressOn = fields
                .Choices("suppressOn", [Suppression.OpenCase, Suppression.CriticalAlarm, Suppression.LowSatisfaction])
                .Aggregate(Suppression.None, (all, one) => all | one),
            Content = ReadContent(fields),
            Expires = ReadExpires(fields),
        };
        RefuseContradictions(campaign, fields);
        return mistakes.Count > 0 ? DocumentReading.Refused<Campaign>(mistakes) : DocumentReading.Of(campaign);
    }

    private static void RefuseContradictions(Campaign campaign, JsonFields fields)
    {
        if (campaign.EndsAt <= campaign.StartsAt)
            fields.RefuseAs("endsAt", MistakeKinds.EndsEarly);
        bool saysPlaces = fields.Has("fenceIds") || fields.Has("beaconIds");
        if (saysPlaces && !fields.HasMistakes && campaign.FenceIds.Count == 0 && campaign.BeaconIds.Count == 0)
            fields.RefuseAs(fields.Has("fenceIds") ? "fenceIds" : "beaconIds", MistakeKinds.NoPlace);
    }

    private static Audience ReadAudience(JsonFields? fields)
    {
        fields?.RefuseOthers("tagsAny", "tagsNone", "ownsModels", "bought");
        return fields is null
            ? Audience.Everyone
            : new Audience(fields.Texts("tagsAny"), fields.Texts("tagsNone"), fields.Texts("ownsModels"))
            {
                Bought = ReadBought(fields.Object("bought")),
            };
    }

    private static Bought? ReadBought(JsonFields? fields)
    {
        fields?.RefuseOthers("sku", "siteId", "since");
        return fields is null
            ? null
            : new Bought(fields.RequiredText("sku", MaxNameLength) ?? "", fields.Text("siteId", MaxNameLength), fields.Time("since"));
    }

    private static WeeklyHours? ReadHours(JsonFields? fields)
    {
        if (fields is null)
            return null;
        fields.RefuseOthers("days", "from", "to");
        FrozenSet<DayOfWeek> days = fields.Days("days").ToFrozenSet();
        TimeOnly? from = fields.TimeOfDay("from");
        TimeOnly? to = fields.TimeOfDay("to");
        if (from is not null && from == to && from != TimeOnly.MinValue)
            fields.RefuseAs("to", MistakeKinds.SameHours);
        return new WeeklyHours(days.Count == 0 ? EveryDay : days, new DailyWindow(from ?? TimeOnly.MinValue, to ?? TimeOnly.MinValue));
    }

    private static FrequencyCap? ReadCap(JsonFields? fields)
    {
        if (fields is null)
            return null;
        fields.RefuseOthers("perCustomer", "perDays");
        long? perCustomer = fields.Whole("perCustomer", 1, int.MaxValue);
        double? perDays = fields.NumberAbove("perDays", 0, MaxMinutes / (24 * 60));
        return perCustomer is { } count ? new FrequencyCap((int)count, perDays is { } days ? TimeSpan.FromDays(days) : null) : null;
    }

    private static OfferContent ReadContent(JsonFields fields)
    {
        JsonFields? content = fields.RequiredObject("content");
        content?.RefuseOthers("title", "text");
        return new OfferContent(ReadTemplate(content, "title", MaxNameLength), ReadTemplate(content, "text", MaxTextLength));
    }

    private static Template ReadTemplate(JsonFields? fields, string name, int maxLength)
    {
        if (fields?.RequiredText(name, maxLength) is not { } text)
            return Template.Empty;
        DocumentReading<Template> reading = Template.Parse(text, TemplateNames.Offer, fields.PointerTo(name));
        fields.Refuse(reading.Mistakes);
        return reading.Value ?? Template.Empty;
    }

    private static TimeSpan ReadExpires(JsonFields fields) =>
        fields.NumberAbove("expiresMinutes", 0, MaxMinutes) is { } minutes ? TimeSpan.FromMinutes(minutes) : Campaign.DefaultExpires;
}
