using OmniIoT.TestKit.Hosting;

namespace OmniIoT.TestKit.Containers;

/// <summary>Docker's command line, which finds its engine as <c>DOCKER_HOST</c> says, else at its usual socket.</summary>
public static class DockerCommand
{
    /// <summary>For what is made from sources: packages are downloaded and compiled.</summary>
    public static readonly TimeSpan BuildPatience = TimeSpan.FromMinutes(20);

    /// <summary>Runs <c>docker</c>; what it said. It throws when that failed.</summary>
    public static Task<string> RunAsync(params string[] arguments) => RunAsync(null, ["docker", .. arguments]);

    /// <summary>Runs a program of Docker's; what it said. It throws when that failed.</summary>
    /// <param name="patience">Null: <see cref="Awaited.Patience"/>.</param>
    public static async Task<string> RunAsync(TimeSpan? patience, IReadOnlyList<string> command)
    {
        (int code, string said) = await TryAsync(patience, command);
        return code == 0 ? said : throw new InvalidOperationException($"{string.Join(' ', command)} ended with {code}:\n{said}");
    }

    /// <summary>Runs a program of Docker's; its exit code, which is not 0 when it is not installed, and what it said.</summary>
    /// <param name="patience">Null: <see cref="Awaited.Patience"/>.</param>
    public static async Task<(int ExitCode, string Said)> TryAsync(TimeSpan? patience, IReadOnlyList<string> command)
    {
        await using LineProcess process = LineProcess.Start(command[0], [.. command.Skip(1)]);
        int code = await process.ExitAsync(string.Join(' ', command), patience);
        return (code, string.Join('\n', process.Lines));
    }
}
