using System.Text.Json;
using OmniIoT.Devices;
using OmniIoT.Devices.Models;
using OmniIoT.Domain.Text;

namespace OmniIoT.Domain.Provisioning;

/// <summary>Reads an enrolment's terms from JSON: accepted, or refused whole with every mistake.</summary>
public static class EnrollmentReader
{
    private const int MaxNameLength = 200;
    private const int MaxModels = 100;
    private const int MaxRatePerMinute = 100_000;
    private const int MaxAuthorityLength = 64 * 1024;

    /// <summary>Reads the terms.</summary>
    /// <param name="id">From the address; an <c>id</c> in the document must be the same.</param>
    /// <param name="models">The models that exist.</param>
    public static DocumentReading<Enrollment> Read(string id, JsonElement document, IReadOnlyDictionary<string, DeviceModel> models)
    {
        List<FieldMistake> mistakes = [];
        JsonFields? fields = JsonFields.Of(document, "", mistakes);
        if (fields is null)
            return DocumentReading.Refused<Enrollment>(mistakes);

        fields.RefuseOthers(
            "id",
            "name",
            "model",
            "models",
            "siteId",
            "maxDevices",
            "expiresAt",
            "ratePerMinute",
            "idPattern",
            "certificateAuthority"
        );
        if (fields.Text("id", Identifier.MaxLength) is { } stated && stated != id)
            fields.Refuse("id", $"must be \"{id}\", the id in the address");
        Enrollment enrollment = new()
        {
            Id = id,
            Name = fields.Text("name", MaxNameLength) ?? id,
            Models = ReadModels(fields, models),
            SiteId = ReadSite(fields),
            MaxDevices = (int?)fields.Whole("maxDevices", 1, int.MaxValue),
            ExpiresAt = fields.Time("expiresAt"),
            RatePerMinute = (int?)fields.Whole("ratePerMinute", 1, MaxRatePerMinute) ?? Enrollment.DefaultRatePerMinute,
            IdPattern = ReadPattern(fields),
            CertificateAuthority = ReadAuthority(fields),
        };
        return mistakes.Count > 0 ? DocumentReading.Refused<Enrollment>(mistakes) : DocumentReading.Of(enrollment);
    }

    /// <summary><c>models</c>, or <c>model</c> for a single one.</summary>
    private static IReadOnlyList<string> ReadModels(JsonFields fields, IReadOnlyDictionary<string, DeviceModel> known)
    {
        string? single = fields.Text("model", Identifier.MaxLength);
        IReadOnlyList<string> several = fields.Texts("models");
        if (fields.Has("model") && fields.Has("models"))
            fields.Refuse("model", "stands beside models: give one of them");
        if (!fields.HasMistakes && single is null && several.Count == 0)
            fields.RefuseAs("models", MistakeKinds.NoModel);
        if (several.Count > MaxModels)
            fields.RefuseAs("models", MistakeKinds.TooMany, ("max", MaxModels));
        if (single is not null && !known.ContainsKey(single))
            fields.RefuseAs("model", MistakeKinds.UnknownModel, ("id", single));
        foreach (string unknown in several.Where(model => !known.ContainsKey(model)))
            fields.RefuseAs("models", MistakeKinds.UnknownModel, ("id", unknown));
        return single is null ? several : [single];
    }

    private static string? ReadSite(JsonFields fields)
    {
        string? site = fields.Text("siteId", Identifier.MaxLength);
        if (site is not null && !Identifier.IsValid(site))
            fields.RefuseAs("siteId", MistakeKinds.Id);
        return site;
    }

    private static string? ReadPattern(JsonFields fields)
    {
        string? pattern = fields.Text("idPattern", IdPattern.MaxLength);
        if (pattern is not null && !IdPattern.IsValid(pattern))
            fields.RefuseAs("idPattern", MistakeKinds.IdPattern);
        return pattern;
    }

    private static string? ReadAuthority(JsonFields fields)
    {
        string? pem = fields.Text("certificateAuthority", MaxAuthorityLength);
        if (pem is not null && CertificateAuthority.FindMistake(pem) is { } mistake)
            fields.Refuse("certificateAuthority", mistake);
        return pem;
    }
}
