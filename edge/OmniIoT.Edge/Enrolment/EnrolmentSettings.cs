using OmniIoT.Devices;
using OmniIoT.Edge.Settings;

namespace OmniIoT.Edge.Enrolment;

/// <summary>Reads <c>cloud:enrollment</c>: <c>{url, id, model, name, keyFile | key}</c>.</summary>
internal static class EnrolmentSettings
{
    public const string Key = "enrollment";

    /// <summary>Null: there is none.</summary>
    public static EnrolmentOptions? Read(SettingsSection cloud)
    {
        if (!cloud.Has(Key))
            return null;
        SettingsSection enrolment = cloud.Part(Key);
        enrolment.AllowOnly("url", "id", "model", "name", "keyFile", "key");
        string address = enrolment.Text("url") ?? "";
        if (!Uri.TryCreate(address.TrimEnd('/') + "/", UriKind.Absolute, out Uri? url) || url.Scheme is not ("http" or "https"))
        {
            enrolment.Mistake("url", address, "the address of the platform's calls, as https://cloud.example/api/v1");
            url = null;
        }
        string key = enrolment.Text("key") ?? enrolment.File("keyFile") ?? "";
        if (key.Length == 0)
            enrolment.Mistake("keyFile", "", "a file with the enrolment's key, or with the device's token");
        return new EnrolmentOptions
        {
            Url = url ?? new Uri("http://localhost/"),
            Id = IdOf(enrolment, "id"),
            Model = IdOf(enrolment, "model"),
            Name = enrolment.Text("name"),
            Key = key,
        };
    }

    private static string IdOf(SettingsSection section, string key)
    {
        string id = section.Text(key) ?? "";
        if (!Identifier.IsValid(id))
            section.Mistake(key, id, Identifier.Allowed);
        return id;
    }
}
