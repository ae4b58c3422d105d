using OmniIoT.TestKit.Containers;

namespace OmniIoT.Containers.Tests.Compose;

/// <summary>Docker Compose as it is installed: the plug-in of <c>docker</c>, else the older program of its own.</summary>
internal static class ComposeProgram
{
    private static readonly Lazy<Task<string[]?>> Found = new(FindAsync);

    /// <summary>What a command of it begins with; skips the test where there is none.</summary>
    public static async Task<IReadOnlyList<string>> RequireAsync()
    {
        await ContainerEngine.RequireAsync();
        string[]? found = await Found.Value;
        ContainerEngine.SkipUnless(found is not null, "No Docker engine answers that comes with Compose.");
        return found!;
    }

    private static async Task<string[]?> FindAsync()
    {
        string[][] candidates =
        [
            ["docker", "compose"],
            ["docker-compose"],
        ];
        foreach (string[] candidate in candidates)
        {
            if ((await DockerCommand.TryAsync(null, [.. candidate, "version"])).ExitCode == 0)
                return candidate;
        }
        return null;
    }
}
