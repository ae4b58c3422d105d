using System.Net;
using OmniIoT.Edge.Settings;
using OmniIoT.Mqtt.Topics;

namespace OmniIoT.Edge.Local;

/// <summary>Reads <c>local</c>: <c>{listen, user, passwordFile, map: [{topic, path, metric, deadband}]}</c>.</summary>
internal static class LocalSettings
{
    private const string Key = "local";

    /// <summary>Null: there is none.</summary>
    public static LocalOptions? Read(SettingsSection settings)
    {
        if (!settings.Has(Key))
            return null;
        SettingsSection local = settings.Part(Key);
        local.AllowOnly("listen", "user", "passwordFile", "map");
        HashSet<string> names = new(StringComparer.Ordinal);
        (string? user, string? password) = (local.Text("user"), local.File("passwordFile"));
        if (user is null != password is null)
            local.Mistake("user", user, "there without passwordFile, nor that without it");
        return new LocalOptions
        {
            Listen = Listen(local, user is not null),
            User = user,
            Password = password,
            Map = [.. local.Children("map").Select(section => Mapping(section, names)).OfType<LocalMapping>()],
        };
    }

    private static IPEndPoint Listen(SettingsSection local, bool hasUser)
    {
        string text = local.Text("listen") ?? "127.0.0.1:1884";
        if (!IPEndPoint.TryParse(text, out IPEndPoint? listen) || listen.Port == 0)
        {
            local.Mistake("listen", text, "an IP address and a port, as 127.0.0.1:1884");
            return new IPEndPoint(IPAddress.Loopback, 1884);
        }
        if (!IPAddress.IsLoopback(listen.Address) && !hasUser)
            local.Mistake("listen", text, "an address of this machine alone; any other needs user and passwordFile");
        return listen;
    }

    private static LocalMapping? Mapping(SettingsSection section, HashSet<string> names)
    {
        section.AllowOnly("topic", "path", "metric", "deadband");
        string topic = section.Text("topic") ?? "";
        string metric = section.Text("metric") ?? "";
        if (metric.Length is 0 or > 128)
            section.Mistake("metric", metric, "the name of a metric");
        else if (!names.Add(metric))
            section.Mistake("metric", metric, "a name that no other value has");
        string path = section.Text("path") ?? "";
        double deadband = section.Number("deadband", 0, 0, double.MaxValue);
        if (TopicFilter.TryParse(topic, out TopicFilter? filter) && !filter.IsShared)
            return new LocalMapping(filter, path.Length == 0 ? [] : path.Split('.'), metric, deadband);
        section.Mistake("topic", topic, "a topic, in which + stands for one level and # for all that follow");
        return null;
    }
}
