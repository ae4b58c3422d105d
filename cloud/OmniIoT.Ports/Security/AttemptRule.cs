namespace OmniIoT.Ports.Security;

/// <summary>How often something may be attempted with one key.</summary>
/// <param name="What">What is attempted, a word. One word has one rule.</param>
/// <param name="Maximum">Attempts within a window, at least 1.</param>
/// <param name="Window">Begins with a key's first attempt; whoever has made too many waits for its end.</param>
public sealed record AttemptRule(string What, int Maximum, TimeSpan Window);
