using System.Text.RegularExpressions;
using OmniIoT.TestKit;
using OmniIoT.TestKit.Containers;

namespace OmniIoT.Containers.Tests.Compose;

/// <summary>The images that a compose file names by variables, and those that the platform's own is made from.</summary>
internal static partial class NeededImages
{
    /// <summary>Only looks; it is no part of what the platform needs, and not to be had from Debian's packages.</summary>
    public const string Grafana = "GRAFANA_IMAGE";

    /// <summary>Skips the test where one of them is not to be had.</summary>
    public static async Task RequireAsync(string composeFile)
    {
        foreach ((string variable, string usual) in Named(composeFile).Where(image => image.Variable != Grafana))
            await ContainerEngine.RequireImageAsync(variable, usual);
    }

    public static Task RequireGrafanaAsync(string composeFile) =>
        ContainerEngine.RequireImageAsync(Grafana, Named(composeFile).Single(image => image.Variable == Grafana).Usual);

    private static IEnumerable<(string Variable, string Usual)> Named(string composeFile) =>
        new[] { "Dockerfile", composeFile }
            .SelectMany(file => Image().Matches(File.ReadAllText(Path.Combine(Repository.Root, file))))
            .Select(match => (match.Groups["variable"].Value, match.Groups["usual"].Value));

    /// <summary><c>ARG NODE_IMAGE=node:24</c> or <c>${POSTGRES_IMAGE:-postgres:17}</c>.</summary>
    [GeneratedRegex(@"(?<variable>[A-Z]+_IMAGE)(?:=|:-)(?<usual>[^\s}]+)")]
    private static partial Regex Image();
}
