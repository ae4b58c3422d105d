using System.Collections.Concurrent;
using Xunit;

namespace OmniIoT.TestKit.Containers;

/// <summary>
/// The engine that containers of tests run in. Where none answers, or an image is not to be had, tests are skipped with that reason, and
/// fail where <c>OMNIIOT_REQUIRE_DOCKER=1</c> says that all is there.
/// </summary>
public static class ContainerEngine
{
    private static readonly Lazy<Task<bool>> Answers = new(AskAsync);
    private static readonly ConcurrentDictionary<string, Lazy<Task<bool>>> Images = new(StringComparer.Ordinal);

    /// <summary>
    /// Whether servers that tests need run in containers: <c>OMNIIOT_SERVERS=containers</c>. Else they are local processes.
    /// </summary>
    public static bool IsWanted => Environment.GetEnvironmentVariable("OMNIIOT_SERVERS") == "containers";

    public static async Task RequireAsync() => SkipUnless(await Answers.Value, "No Docker engine answers.");

    /// <summary>An image that the engine has, or could get from its registry.</summary>
    /// <param name="variable">Of the environment: the image's name, as in <c>docker-compose.cluster.yml</c>.</param>
    /// <param name="usual">Its name where the variable is not set.</param>
    public static async Task<string> RequireImageAsync(string variable, string usual)
    {
        await RequireAsync();
        string name = Environment.GetEnvironmentVariable(variable) is { Length: > 0 } named ? named : usual;
        bool isThere = await Images.GetOrAdd(name, _ => new Lazy<Task<bool>>(() => HasOrPullsAsync(name))).Value;
        SkipUnless(
            isThere,
            $"No Docker engine answers that has or can pull {name} ({variable}); tests/containers/make-images.sh makes images."
        );
        return name;
    }

    /// <summary>Also has Testcontainers speak the version of the engine, which may be older than the one that it would ask for.</summary>
    private static async Task<bool> AskAsync()
    {
        (int code, string version) = await DockerCommand.TryAsync(null, ["docker", "version", "--format", "{{.Server.APIVersion}}"]);
        if (code == 0 && Environment.GetEnvironmentVariable("DOCKER_API_VERSION") is null)
            Environment.SetEnvironmentVariable("DOCKER_API_VERSION", version);
        return code == 0;
    }

    private static async Task<bool> HasOrPullsAsync(string image) =>
        (await DockerCommand.TryAsync(null, ["docker", "image", "inspect", image])).ExitCode == 0
        || (await DockerCommand.TryAsync(DockerCommand.BuildPatience, ["docker", "pull", "--quiet", image])).ExitCode == 0;

    /// <summary>Skips the test, or fails it where all is said to be there.</summary>
    /// <param name="reason">Begins with "No Docker engine answers", which .ci/run knows.</param>
    public static void SkipUnless(bool isThere, string reason)
    {
        if (isThere)
            return;
        Assert.False(Environment.GetEnvironmentVariable("OMNIIOT_REQUIRE_DOCKER") == "1", reason);
        Assert.Skip(reason);
    }
}
