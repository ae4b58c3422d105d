using System.Xml.Linq;
using OmniIoT.TestKit;

namespace OmniIoT.Scenarios.Architecture;

/// <summary>Dependencies point inwards: wire and models, then domain, then grains and ports, then adapters, then API and host.</summary>
public sealed class ProjectReferencesTests
{
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["OmniIoT.Devices"] = [],
        ["OmniIoT.Mqtt"] = [],
        ["OmniIoT.Processes"] = [],
        ["OmniIoT.Dialects"] = ["OmniIoT.Devices"],
        ["OmniIoT.Domain"] = ["OmniIoT.Devices"],
        ["OmniIoT.Geometry"] = ["OmniIoT.Domain"],
        ["OmniIoT.Ports"] = ["OmniIoT.Domain"],
        ["OmniIoT.Grains.Abstractions"] = ["OmniIoT.Ports"],
        ["OmniIoT.Commit"] = ["OmniIoT.Grains.Abstractions"],
        ["OmniIoT.Grains"] = ["OmniIoT.Commit"],
        ["OmniIoT.Gateway"] = ["OmniIoT.Grains.Abstractions", "OmniIoT.Mqtt", "OmniIoT.Dialects"],
        ["OmniIoT.Sqlite"] = ["OmniIoT.Ports"],
        ["OmniIoT.Postgres"] = ["OmniIoT.Ports"],
        ["OmniIoT.Sql"] = ["OmniIoT.Ports"],
        ["OmniIoT.Storage.Sqlite"] = ["OmniIoT.Ports", "OmniIoT.Sql", "OmniIoT.Sqlite"],
        ["OmniIoT.Storage.Postgres"] = ["OmniIoT.Ports", "OmniIoT.Sql", "OmniIoT.Postgres"],
        ["OmniIoT.Telemetry.Packing"] = ["OmniIoT.Ports"],
        ["OmniIoT.Telemetry.Sqlite"] = ["OmniIoT.Ports", "OmniIoT.Sqlite", "OmniIoT.Telemetry.Packing"],
        ["OmniIoT.Telemetry.Postgres"] = ["OmniIoT.Ports", "OmniIoT.Postgres", "OmniIoT.Telemetry.Packing"],
        ["OmniIoT.Telemetry.Influx"] = ["OmniIoT.Ports", "OmniIoT.Telemetry.Packing"],
        ["OmniIoT.Cluster.Postgres"] = ["OmniIoT.Postgres", "OmniIoT.Storage.Postgres", "OmniIoT.Telemetry.Postgres"],
        ["OmniIoT.Web"] = ["OmniIoT.Ports"],
        ["OmniIoT.Channels"] = ["OmniIoT.Commit", "OmniIoT.Web"],
        ["OmniIoT.Channels.Email"] = ["OmniIoT.Channels"],
        ["OmniIoT.Channels.Meta"] = ["OmniIoT.Channels"],
        ["OmniIoT.Channels.Push"] = ["OmniIoT.Channels"],
        ["OmniIoT.Channels.Telegram"] = ["OmniIoT.Channels"],
        ["OmniIoT.Channels.Twilio"] = ["OmniIoT.Channels"],
        ["OmniIoT.Channels.Webhook"] = ["OmniIoT.Channels"],
        ["OmniIoT.LanguageModel"] = ["OmniIoT.Ports"],
        ["OmniIoT.Systems"] = ["OmniIoT.Channels"],
        ["OmniIoT.Systems.Freshdesk"] = ["OmniIoT.Systems"],
        ["OmniIoT.Systems.Zendesk"] = ["OmniIoT.Systems"],
        ["OmniIoT.Api"] = ["OmniIoT.Grains", "OmniIoT.Geometry", "OmniIoT.Web"],
        ["OmniIoT.Host"] =
        [
            "OmniIoT.Gateway",
            "OmniIoT.Storage.Sqlite",
            "OmniIoT.Telemetry.Sqlite",
            "OmniIoT.Cluster.Postgres",
            "OmniIoT.Telemetry.Influx",
            "OmniIoT.Channels.Email",
            "OmniIoT.Channels.Meta",
            "OmniIoT.Channels.Push",
            "OmniIoT.Channels.Telegram",
            "OmniIoT.Channels.Twilio",
            "OmniIoT.Channels.Webhook",
            "OmniIoT.LanguageModel",
            "OmniIoT.Systems.Freshdesk",
            "OmniIoT.Systems.Zendesk",
            "OmniIoT.Api",
            "OmniIoT.Simulators",
            "OmniIoT.Processes",
        ],
        ["OmniIoT.Edge.Hardware"] = [],
        ["OmniIoT.Edge"] = ["OmniIoT.Devices", "OmniIoT.Mqtt", "OmniIoT.Processes", "OmniIoT.Edge.Hardware"],
        ["OmniIoT.Simulators"] = ["OmniIoT.Devices", "OmniIoT.Mqtt", "OmniIoT.Processes"],
    };

    [Fact]
    public void Every_project_references_only_what_lies_inside_of_it()
    {
        Dictionary<string, string[]> found = Directory
            .EnumerateFiles(Repository.Root, "*.csproj", SearchOption.AllDirectories)
            .Where(path => !path.StartsWith(Path.Combine(Repository.Root, "tests"), StringComparison.Ordinal))
            .ToDictionary(path => Path.GetFileNameWithoutExtension(path), References, StringComparer.Ordinal);

        Assert.Equal(Allowed.Keys.Order(StringComparer.Ordinal), found.Keys.Order(StringComparer.Ordinal));
        Assert.All(
            found,
            project =>
                Assert.Subset(Allowed[project.Key].ToHashSet(StringComparer.Ordinal), project.Value.ToHashSet(StringComparer.Ordinal))
        );
    }

    [Theory]
    [InlineData("OmniIoT.Devices", "devices")]
    [InlineData("OmniIoT.Mqtt", "devices")]
    [InlineData("OmniIoT.Domain", "cloud")]
    public void The_core_references_no_package(string project, string folder)
    {
        XDocument file = XDocument.Load(Path.Combine(Repository.Root, folder, project, project + ".csproj"));

        Assert.Empty(file.Descendants("PackageReference"));
        Assert.Empty(file.Descendants("FrameworkReference"));
    }

    private static string[] References(string projectFile) =>
        [
            .. XDocument
                .Load(projectFile)
                .Descendants("ProjectReference")
                .Select(reference => Path.GetFileNameWithoutExtension((string)reference.Attribute("Include")!)),
        ];
}
