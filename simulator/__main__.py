"""`python -m simulator --manifest FILE`: a simulated Slack for any app, until it is stopped."""

from simulator.command import main

if __name__ == "__main__":
    main()
